/// The C files in BadPlugins, each compiled once per test run when a test asks for it.

import Glibc
import Synchronization

public enum BadPlugin {
    /// All of them, by the name of their C file.
    public static let names: [String] = {
        guard let directory = opendir(sources) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasSuffix(".c") { names.append(String(name.dropLast(2))) }
        }
        return names.sorted()
    }()

    /// The path of the shared object made from BadPlugins/<name>.c.
    public static func path(_ name: String) throws -> String {
        try built.withLock { built in
            let made = try built ?? TemporaryDirectory()
            built = made
            let object = "\(made.path)/\(name).so"
            if access(object, R_OK) != 0 { try compile("\(sources)/\(name).c", to: object) }
            return object
        }
    }

    /// Compiles one C file against the interface into a shared object.
    public static func compile(_ source: String, to object: String) throws {
        let compiler = ["cc", "clang", "gcc"].first { Program.find($0) != nil } ?? "cc"
        let result = try Program.run([
            compiler, "-std=c11", "-Wall", "-Wextra", "-Werror", "-O1", "-g", "-shared", "-fPIC",
            "-fvisibility=hidden", "-pthread", "-I\(Repository.root)/PluginAPI/include", source,
            "-o", object,
        ])
        guard result.status == 0 else {
            throw SystemError("compile \(source): \(result.errors)", EINVAL)
        }
    }

    private static let sources = "\(Repository.root)/Tests/Fixtures/BadPlugins"
    /// One lock for all: tests run at once, and a compiler is the slow part of them.
    private static let built = Mutex<TemporaryDirectory?>(nil)
}
