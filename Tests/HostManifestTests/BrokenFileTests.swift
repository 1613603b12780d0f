/// Files and plugins that are broken on purpose: what their manifest alone gives away is refused here.
import Fixtures
import HostManifest
import Testing

@Suite struct BrokenFileTests {
    @Test(
        "Each file that is no plugin is refused with a sentence that names it",
        arguments: BrokenFile.allCases)
    func file(file: BrokenFile) throws {
        let directory = try TemporaryDirectory()
        let path = try file.make(in: directory.path, from: BadPlugin.path("fine"))
        // Root reads a file without permission all the same.
        if file == .unreadable, (try? PluginNote.read(path: path)) != nil { return }
        let error = #expect(throws: PluginFileError.self) { try PluginNote.read(path: path) }
        #expect(error?.description.hasPrefix("\(path): ") == true)
        #expect(error?.reason.split(separator: " ").count ?? 0 >= 3)
        #expect(error?.advice.isEmpty == false)
    }

    @Test(
        "Plugins with a broken note are told apart",
        arguments: [
            ("no_note", PluginFileError.Kind.noNote), ("note_broken_json", .badJSON),
            ("note_not_object", .badManifest),
            ("note_size_lies", .badNote), ("manifest_version", .badManifest),
            ("abi_major_in_manifest", .wrongABI),
            ("schema_broken", .badManifest),
        ])
    func plugin(name: String, kind: PluginFileError.Kind) throws {
        let path = try BadPlugin.path(name)
        let error = #expect(throws: PluginFileError.self) { try PluginNote.read(path: path) }
        #expect(error?.kind == kind, "\(error?.description ?? "accepted")")
    }
}
