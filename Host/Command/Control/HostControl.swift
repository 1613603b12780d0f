/// Asks the running host of a deployment and tells of failures in one way.
import ArgumentParser
import HostManifest

struct HostControl {
    let socketPath: String
    let json: Bool

    /// Where the host listens, from plugins.toml. Only its own problems matter here: a deployment
    /// whose plugins.toml was broken after the start must still be seen and stopped.
    init(_ options: CommonOptions) throws {
        let checked = try options.check()
        self.init(socketPath: checked.config.host.controlSocketPath, json: options.json)
    }

    init(socketPath: String, json: Bool) {
        self.socketPath = socketPath
        self.json = json
    }

    /// nil when no host runs.
    func askIfRunning(_ request: ControlRequest) throws -> JSONValue? {
        do {
            var client = try ControlClient(path: socketPath)
            switch try client.ask(request) {
            case .ok(let result): return result
            case .failed(let error): throw Output.fail(error.message, json: json)
            }
        } catch ControlClient.Failure.notRunning {
            return nil
        } catch ControlClient.Failure.broken(let reason) {
            throw Output.fail("the host cannot be asked: \(reason)", json: json)
        }
    }

    /// Ends with code 1 when no host runs.
    func ask(_ request: ControlRequest) throws -> JSONValue {
        if let result = try askIfRunning(request) { return result }
        throw notRunning()
    }

    func notRunning() -> ExitCode {
        Output.fail(
            "no host is running (nobody listens at \(socketPath)); start it with nself run",
            json: json)
    }
}
