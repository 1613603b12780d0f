/// Code that has been mapped, and its one exported function.
///
/// Never unloads: the Swift runtime keeps pointers into a library for ever, so dlclose crashes the
/// next dynamic cast. Old generations stay mapped and are counted.

import CNself
import Glibc
import HostManifest
import HostShim

struct LoadedLibrary {
    let plugin: UnsafePointer<nself_plugin>

    /// Maps `copy` and asks it what it is. `file` is the name for messages. [control] blocks
    init(_ copy: PrivateCopy, file: String) throws(PluginFailure) {
        guard let handle = nself_shim_dlopen(copy.path) else {
            let reason = dlerror().map { String(cString: $0) } ?? "for an unknown reason"
            throw PluginFailure(
                "\(file): it cannot be loaded: \(reason); install what is missing or build it for this system"
            )
        }
        guard let symbol = dlsym(handle, "nself_plugin_query") else {
            throw PluginFailure(
                "\(file): it does not export nself_plugin_query; define it and link with plugin.map"
            )
        }
        let query = unsafeBitCast(symbol, to: nself_plugin_query_fn.self)
        guard let plugin = query(UInt32(NSELF_ABI_VERSION)) else {
            throw PluginFailure(
                "\(file): it has no description for interface \(NSELF_ABI_MAJOR).\(NSELF_ABI_MINOR) of this host; build it with that header"
            )
        }
        try LoadedLibrary.check(plugin.pointee, against: copy.manifest, file)
        self.plugin = plugin
    }

    /// The table must be what the manifest promised.
    private static func check(
        _ plugin: nself_plugin, against manifest: PluginManifest, _ file: String
    )
        throws(PluginFailure)
    {
        guard plugin.struct_size == UInt32(MemoryLayout<nself_plugin>.size) else {
            throw PluginFailure(
                "\(file): nself_plugin has \(plugin.struct_size) bytes, this host knows \(MemoryLayout<nself_plugin>.size): rebuild it with header \(NSELF_ABI_MAJOR).\(NSELF_ABI_MINOR)"
            )
        }
        guard plugin.abi_version >> 16 == UInt32(NSELF_ABI_MAJOR) else {
            throw PluginFailure(
                "\(file): it says interface \(plugin.abi_version >> 16).\(plugin.abi_version & 0xFFFF), its manifest \(manifest.abiMajor).\(manifest.abiMinor): rebuild it"
            )
        }
        for (what, said, promised) in [
            ("id", String(plugin.id), manifest.id),
            ("version", String(plugin.version), manifest.version),
            (
                "concurrency",
                plugin.concurrency == .NSELF_CONCURRENCY_PARALLEL ? "parallel" : "serial",
                manifest.concurrency.rawValue
            ),
            ("handover", plugin.handover.name, manifest.handover.rawValue),
        ] where said != promised {
            throw PluginFailure(
                "\(file): its \(what) is \"\(said)\" in the code and \"\(promised)\" in plugin.json; make them equal and rebuild it"
            )
        }
        guard plugin.create != nil, plugin.configure != nil, plugin.start != nil,
            plugin.drain != nil, plugin.resume != nil, plugin.stop != nil, plugin.destroy != nil,
            plugin.get_interface != nil
        else {
            throw PluginFailure(
                "\(file): a function of its nself_plugin is null; only cancel may be")
        }
    }
}

extension nself_handover {
    var name: String {
        switch self {
        case .NSELF_HANDOVER_OVERLAP: "overlap"
        case .NSELF_HANDOVER_EXCLUSIVE: "exclusive"
        default: "none"
        }
    }
}
