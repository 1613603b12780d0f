// swift-tools-version:6.0
import PackageDescription

let root = Context.packageDirectory

/// What a plugin's shared object is linked with: its own symbols first, one symbol out, never unmapped.
let seal: [LinkerSetting] = [
    .unsafeFlags([
        "-Xlinker", "-Bsymbolic",
        "-Xlinker", "--version-script=\(root)/PluginAPI/plugin.map",
        "-Xlinker", "-z", "-Xlinker", "nodelete",
    ])
]

/// Plugins/<name>/*.swift, and Manifest/manifest.c, which embeds plugin.json as an ELF note.
func plugin(
    _ name: String, _ libraries: [Target.Dependency] = [], skip: [String] = ["README.md"],
    folder: String? = nil
) -> [Target] {
    let folder = folder ?? "Plugins/\(name)"
    return [
        .target(
            name: "\(name)Manifest", dependencies: ["CNself"], path: "\(folder)/Manifest",
            publicHeadersPath: ".",
            cSettings: [.unsafeFlags(["--embed-dir=\(root)/\(folder)"])]),
        .target(
            name: "Plugin\(name)",
            dependencies: ["PluginAPI", .target(name: "\(name)Manifest")] + libraries,
            path: folder, exclude: ["Manifest", "plugin.json"] + skip,
            linkerSettings: seal),
    ]
}

func system(_ name: String, _ path: String, _ pkgConfig: String, _ package: String) -> Target {
    .systemLibrary(name: name, path: path, pkgConfig: pkgConfig, providers: [.apt([package])])
}

/// All test targets are linked into one program, and each Swift plugin in it defines the one
/// exported symbol; the program never calls it, so the first definition may win.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: dependencies, path: "Tests/\(name)", exclude: exclude,
        linkerSettings: [.unsafeFlags(["-Xlinker", "-z", "-Xlinker", "muldefs"])])
}

let package = Package(
    name: "nself",
    products: [
        .executable(name: "nself-host", targets: ["Main"]),
        .executable(name: "nself", targets: ["Command"]),
        .library(name: "hello", type: .dynamic, targets: ["PluginHello"]),
        .library(name: "hello-c", type: .dynamic, targets: ["PluginHelloC"]),
        .library(name: "echo", type: .dynamic, targets: ["PluginEcho"]),
        .library(name: "postgres", type: .dynamic, targets: ["PluginPostgres"]),
        .library(name: "graphql", type: .dynamic, targets: ["PluginGraphQL"]),
        .library(name: "prometheus", type: .dynamic, targets: ["PluginPrometheus"]),
        .library(name: "greeter", type: .dynamic, targets: ["PluginGreeter"]),
    ],
    dependencies: [
        .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    ],
    targets: [
        // The contract.
        .target(
            name: "CNself", path: "PluginAPI", exclude: ["Swift", "TestKit", "plugin.map"],
            sources: ["abi.c"], publicHeadersPath: "include"),
        .target(name: "PluginAPI", dependencies: ["CNself"], path: "PluginAPI/Swift"),
        .target(name: "TestKit", dependencies: ["PluginAPI"], path: "PluginAPI/TestKit"),

        // System libraries.
        system("UV", "Host/System/UV", "libuv", "libuv1-dev"),
        system("SSL", "Host/System/SSL", "openssl", "libssl-dev"),
        system("Libpq", "Plugins/Postgres/Libpq", "libpq", "libpq-dev"),

        // The host, in layers.
        .target(name: "HostShim", path: "Host/Shim", publicHeadersPath: "include"),
        .target(name: "HostCore", dependencies: ["CNself", "HostShim", "UV"], path: "Host/Core"),
        .target(
            name: "HostManifest", dependencies: ["CNself", "HostShim", "SSL"], path: "Host/Manifest"
        ),
        .target(
            name: "HostPlugins", dependencies: ["HostCore", "HostManifest"], path: "Host/Plugins"),
        .target(name: "HostInterfaces", dependencies: ["HostPlugins"], path: "Host/Interfaces"),
        .target(name: "HostHTTP", dependencies: ["HostPlugins"], path: "Host/HTTP"),
        .executableTarget(
            name: "Main", dependencies: ["HostHTTP", "HostInterfaces"], path: "Host/Main"),
        .executableTarget(
            name: "Command",
            dependencies: [
                "HostManifest", "TOMLKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], path: "Host/Command"),

        // Tests.
        .target(name: "Fixtures", path: "Tests/Fixtures", exclude: ["BadPlugins", "ReadmePlugin"]),
        tests(
            "ABITests", ["PluginAPI", "Fixtures"], exclude: ["Probe.c", "layout.golden", "release"]),
        tests("HostCoreTests", ["HostCore"]),
        tests("HostManifestTests", ["HostManifest", "Fixtures"]),
        tests("CommandTests", ["Command", "HostManifest", "Fixtures"], exclude: ["large.toml"]),
        tests("HostPluginsTests", ["HostPlugins", "HostInterfaces", "Fixtures"]),
        tests("HostHTTPTests", ["HostHTTP"]),
        tests("PluginAPITests", ["PluginAPI", "TestKit"]),
        tests("GraphQLTests", ["PluginGraphQL", "TestKit", "Libpq"]),
        tests("PostgresTests", ["PluginPostgres", "TestKit", "Libpq"]),
        tests("PrometheusTests", ["PluginPrometheus", "TestKit", "Fixtures"]),
        tests("EndToEndTests", ["HostManifest", "Fixtures"]),

        // The smallest plugin in C: no Swift in it.
        .target(
            name: "PluginHelloC", dependencies: ["CNself"], path: "Plugins/HelloC",
            exclude: ["plugin.json", "README.md"], publicHeadersPath: ".",
            cSettings: [.unsafeFlags(["--embed-dir=\(root)/Plugins/HelloC"])],
            linkerSettings: seal),
    ]
        + plugin("Hello")
        + plugin("Echo")
        + plugin("Postgres", ["Libpq"], skip: ["README.md", "Libpq"])
        + plugin("GraphQL")
        + plugin("Prometheus")
        // The example of README.md, compiled and loaded by a test.
        + plugin("Greeter", skip: [], folder: "Tests/Fixtures/ReadmePlugin"),
    cLanguageStandard: .c2x
)
