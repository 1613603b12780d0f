/// The version of this program.

enum Version {
    static let text: StaticString = "0.1.0"
}
