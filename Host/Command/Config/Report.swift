/// Collects the problems of one check, so that all of them are told at once.
import HostManifest

final class Report {
    private(set) var problems: [Problem] = []
    /// What does not keep the deployment from starting.
    private(set) var warnings: [Problem] = []

    func add(_ place: Problem.Place, _ message: String, _ advice: String = "") {
        problems.append(Problem(place, message, advice))
    }

    func add(_ problems: [Problem]) { self.problems += problems }

    func warn(_ place: Problem.Place, _ message: String, _ advice: String = "") {
        warnings.append(Problem(place, message, advice))
    }
}
