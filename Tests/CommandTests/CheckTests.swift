/// What a correct plugins.toml amounts to: instances, order, secrets, overrides, services.
import Fixtures
import Foundation
import HostManifest
import Testing

@testable import Command

private let shop = """
    [host]
    name = "shop"
    domain = "Shop.Example.org"
    listen = ["0.0.0.0:80", "[::]:443 tls"]
    loops = 2
    plugins = "plugins"
    run = "/tmp/shop-run"
    [host.limits]
    body = "5 MiB"
    request = "1 min"
    [log]
    level = "warning"
    [providers]
    database = "pg"
    [chain]
    rate_limiter = "limit"

    [plugins.app]
    file = "app.so"
    host = "api"
    rate_policy = "graphql"
    log_level = "debug"
    grants = ["database"]
    config = { key = { secret = "APP_KEY" }, live = { refetch = "20 ms" }, list = [{ at = "env:AT" }] }
    [plugins.pg]
    file = "pg.so"
    required = true
    grants = ["poll"]
    [plugins]
    limit = { file = "limit.so" }
    hello = { file = "hello.so", mount = "/hi", enabled = false }
    [services]
    CS_7 = { file = "hello.so", route = "orders", config = { greeting = "hi" } }
    [services.CS_2]
    file = "hello.so"
    route = "/pricing"
    isolation = "process"
    limits = { memory = "256 MiB" }
    """

@Suite struct CheckTests {
    private let environment = ["APP_KEY": "very secret", "AT": "noon"]

    @Test(
        "The whole configuration is resolved: instances in start order, defaults and secrets in place"
    )
    func resolved() throws {
        let checked = try Deployment.check(shop, environment: environment)
        #expect(checked.problems == [])
        #expect(checked.warnings == [])
        let config = checked.config
        #expect(config.host.domain == "shop.example.org")
        #expect(config.host.listen.map(\.description) == ["0.0.0.0:80", "[::]:443 tls"])
        #expect(config.host.runDirectory == "/tmp/shop-run")
        #expect(config.limits.bodyBytes == 5 << 20)
        #expect(config.limits.requestMilliseconds == 60_000)
        #expect(config.log.level == .warning)
        #expect(config.chain.rateLimiter == "limit")
        #expect(config.instances.map(\.name) == ["pg", "app", "limit", "CS_7", "CS_2", "hello"])
        let app = try #require(config.instance("app"))
        #expect(app.startsAfter == ["pg"])
        #expect(app.hostName == "api.shop.example.org")
        #expect(app.mount == "/")
        #expect(app.ratePolicy == "graphql")
        #expect(app.logLevel == .debug)
        #expect(
            app.config == [
                "key": "very secret", "live": ["refetch": "20 ms"], "list": [["at": "noon"]],
                "size": 1_048_576,
            ])
        #expect(app.secretPaths == ["key", "list[0].at"])
        let pg = try #require(config.instance("pg"))
        #expect(pg.required)
        #expect(pg.logLevel == .warning)
        #expect(pg.mount == nil)
        #expect(pg.config == ["connections": 32, "pooler": "none"])
        #expect(
            pg.grants.map(\.description) == [
                "core", "clock", "log", "metrics", "tracing", "config", "routes", "websockets",
                "poll",
            ])
        let orders = try #require(config.instance("CS_7"))
        #expect(orders.hostName == "orders.shop.example.org")
        #expect(orders.grants.map(\.interface).suffix(4) == ["database", "kv", "queue", "events"])
        let pricing = try #require(config.instance("CS_2"))
        #expect(pricing.mount == "/pricing")
        #expect(pricing.isolation == .process)
        #expect(pricing.memoryBytes == 256 << 20)
        #expect(config.instance("hello")?.isLoadable == false)
        #expect(try ResolvedConfig(config.json, path: "config.json") == config)
    }

    @Test("Without settings the host listens on loopback")
    func defaults() throws {
        let config = try Deployment.check("").config
        #expect(config.host.listen.map(\.description) == ["127.0.0.1:8080"])
        #expect(config.host.admin?.description == "127.0.0.1:3021")
        #expect(config.host.runDirectory.hasSuffix("/run"))
    }

    @Test("Environment wins over .env, options over both, and case and - are folded")
    func overrides() throws {
        func value(_ environment: [String: String], _ dotEnv: String?, _ settings: [String]) throws
            -> JSONValue?
        {
            let text =
                "[plugins.pg-main]\nfile = \"pg.so\"\ngrants = [\"poll\"]\nconfig = { connections = 1 }\n"
            let checked = try Deployment.check(
                text, environment: environment, dotEnv: dotEnv, settings: settings)
            #expect(checked.problems == [])
            return checked.config.instance("pg-main")?.config["connections"]
        }
        let name = "NSELF_PLUGINS__PG_MAIN__CONFIG__CONNECTIONS"
        #expect(try value([:], nil, []) == 1)
        #expect(try value([:], "\(name)=2", []) == 2)
        #expect(try value([name: "3"], "\(name)=2", []) == 3)
        #expect(try value([name: "3"], "\(name)=2", ["plugins.pg-main.config.connections=4"]) == 4)
        #expect(try value(["NSELF_START_MODE": "smart"], nil, []) == 1)
    }

    @Test("An override is read as what the place wants: text, number, list, secret")
    func overrideTypes() throws {
        let text =
            "[providers]\ndatabase = \"pg\"\n[plugins.pg]\nfile = \"pg.so\"\ngrants = [\"poll\"]\n[plugins.app]\nfile = \"app.so\"\ngrants = [\"database\"]\n"
        let checked = try Deployment.check(
            text,
            environment: [
                "NSELF_PLUGINS__APP__CONFIG__KEY": "1234567890", "NSELF_HOST__NAME": "5",
                "NSELF_HOST__LISTEN": "127.0.0.1:1, 127.0.0.1:2",
                "NSELF_PLUGINS__APP__CONFIG__SIZE": "2 MiB",
                "NSELF_PLUGINS__PG__CONFIG__URL": "{ secret = \"URL\" }", "URL": "postgres://",
                "NSELF_PLUGINS__PG__GRANTS": "poll,", "NSELF_HOST__AUTOLOAD": "false",
                "NSELF_LOG__LEVEL": "debug",
                "NSELF_PLUGINS__APP__CONFIG__LIVE__REFETCH": "5min",
            ])
        #expect(checked.problems == [])
        #expect(checked.config.instance("app")?.config["key"] == "1234567890")
        #expect(checked.config.instance("app")?.config["size"] == 2_097_152)
        #expect(checked.config.instance("app")?.config["live"]?["refetch"] == "5min")
        #expect(checked.config.instance("pg")?.config["url"] == "postgres://")
        #expect(checked.config.host.name == "5")
        #expect(checked.config.host.listen.count == 2)
        #expect(checked.config.log.level == .debug)
    }

    @Test("A wrong override is told by the name of its variable, option or line of .env")
    func overridePlaces() throws {
        #expect(
            try Deployment.problems(
                "", environment: ["NSELF_HOST__LOOPS": "many", "NSELF_FOO__BAR": "1"])
                == [
                    "NSELF_FOO__BAR: NSELF_FOO__BAR names no key of plugins.toml\n  write NSELF_<SECTION>__<KEY>, with one of HOST, LOG, TRUST, PROVIDERS, CHAIN, PLUGINS, SERVICES",
                    "NSELF_HOST__LOOPS: host.loops must be a whole number from 0 to 1024 and is \"many\"",
                ])
        #expect(
            try Deployment.problems(
                "[host]\nname = \"x\"\n", dotEnv: "A=1\n\nNSELF_HOST__NAME__X=5\nbroken\n")
                == [
                    ".env:3: host.name is no table, so nothing can be set in it\n  name another key, or make it a table in plugins.toml",
                    ".env:4: the line has no =\n  write NAME=value, or begin it with #",
                ])
        #expect(
            try Deployment.problems("", settings: ["host.loop=1", "host", "x.y=1"])
                == [
                    "--set host: this sets no key of plugins.toml\n  write --set section.key=value, for example --set host.listen=127.0.0.1:9000",
                    "--set host.loop: host.loop is not known\n  write loops instead, or remove it",
                    "--set x.y: this sets no key of plugins.toml\n  write --set section.key=value, for example --set host.listen=127.0.0.1:9000",
                ])
    }

    @Test(
        "Secrets come from the environment, from .env, then from files, and files that others read are told of"
    )
    func secretSources() throws {
        let text = { (name: String) in
            "[plugins.pg]\nfile = \"pg.so\"\ngrants = [\"poll\"]\nconfig = { url = { secret = \"\(name)\" } }\n"
        }
        func url(_ name: String, _ environment: [String: String] = [:], _ dotEnv: String? = nil)
            throws -> JSONValue?
        {
            let checked = try Deployment.check(text(name), environment: environment, dotEnv: dotEnv)
            #expect(checked.problems == [])
            return checked.config.instance("pg")?.config["url"]
        }
        #expect(try url("FILE_SECRET") == "from a file")
        #expect(try url("FILE_SECRET", [:], "FILE_SECRET='from # .env'\n") == "from # .env")
        #expect(
            try url("FILE_SECRET", ["FILE_SECRET": "from outside"], "FILE_SECRET=x\n")
                == "from outside")
        #expect(try url("FILE_SECRET", ["FILE_SECRET": ""]) == "from a file")
        let open = try Deployment.check(text("OPEN_SECRET"))
        #expect(
            open.warnings.map(\.text) == [
                "secrets/OPEN_SECRET: other users of this machine can read the secret\n  chmod 600 secrets/OPEN_SECRET"
            ])
    }

    @Test("A secret that must be a table is read as JSON, and a granted pattern collects secrets")
    func secretForms() throws {
        let text =
            "[providers]\ndatabase = \"pg\"\n[plugins.pg]\nfile = \"pg.so\"\ngrants = [\"poll\"]\n[plugins.app]\nfile = \"app.so\"\ngrants = [\"database\"]\nconfig = { key = { secret = \"FILE_SECRET\" }, jwt = { secret = \"JSON_SECRET\" } }\n[plugins.store]\nfile = \"store.so\"\n[plugins.fetch]\nfile = \"fetch.so\"\ngrants = [\"http_client:*\", \"objects:*\", \"process:*\", \"secrets:SMTP_*,FILE_SECRET\"]\n"
        let checked = try Deployment.check(
            text, environment: ["SMTP_PASS": "p", "SMTP_EMPTY": "", "OTHER": "o"])
        #expect(checked.problems == [])
        #expect(checked.config.instance("app")?.config["jwt"] == ["alg": "HS256"])
        #expect(checked.config.instance("app")?.secretPaths == ["key", "jwt"])
        #expect(checked.config.secrets.values == ["SMTP_PASS": "p", "FILE_SECRET": "from a file"])
        #expect(checked.config.instance("fetch")?.startsAfter == ["store"])
    }

    @Test("No secret is shown: neither by config show nor in a problem")
    func masking() throws {
        let masked = Mask.apply(try Deployment.check(shop, environment: environment).config)
        let text = masked.json.text + FlatText.lines(masked).joined()
        #expect(!text.contains("very secret"))
        #expect(!text.contains("noon"))
        #expect(text.contains("instances.app.config.key = \"********\""))
        let problems = try Deployment.problems(
            shop, environment: ["APP_KEY": "abc!def", "AT": "noon"])
        #expect(
            problems == [
                "plugins.toml:24: plugins.app.config.key must have at least 8 characters and has 7"
            ])
    }

    @Test("A file that is wrong keeps only its own instance from loading")
    func refused() throws {
        let checked = try Deployment.check(
            "[plugins.a]\nfile = \"text.so\"\n[plugins.hello]\nfile = \"hello.so\"\n")
        #expect(checked.problems == [])
        #expect(
            checked.warnings.map(\.text) == [
                "plugins.toml:2: plugins.a cannot be loaded: plugins/text.so: it is not a shared object (no ELF file)\n  copy the .so that the build made there"
            ])
        #expect(
            checked.config.instance("a")?.problem
                == "plugins/text.so: it is not a shared object (no ELF file); copy the .so that the build made there"
        )
        #expect(checked.config.instances.map(\.isLoadable) == [true, false])
    }

    @Test(
        "A link of the chain that cannot be loaded is an error: without it requests would pass unchecked"
    )
    func brokenLink() throws {
        #expect(
            try Deployment.problems("[chain]\nauth = [\"a\"]\n[plugins.a]\nfile = \"text.so\"\n")
                == [
                    "plugins.toml:2: chain.auth[0] names a, which cannot be loaded\n  correct what the warning about [plugins.a] says, or remove it from the chain"
                ])
    }

    @Test("A right that the plugin does not use is told of")
    func unusedGrant() throws {
        let checked = try Deployment.check(
            "[plugins.hello]\nfile = \"hello.so\"\ngrants = [\"kv\", \"core\"]\n")
        #expect(checked.problems == [])
        #expect(
            checked.warnings.map(\.text) == [
                "plugins.toml:3: plugins.hello is granted kv, which its plugin does not use\n  remove it: a right that nobody needs only helps an attacker"
            ])
    }

    @Test(
        "Files that nobody named are listed with the lines to add, and loaded with autoload where they can be"
    )
    func autoload() throws {
        let without = try Deployment.check("")
        let lines = Dictionary(
            uniqueKeysWithValues: without.unconfigured.map { ($0.file, $0.lines) })
        #expect(lines["hello.so"] == "[plugins.hello]\nfile = \"hello.so\"")
        #expect(
            lines["app.so"]
                == "[plugins.app]\nfile = \"app.so\"\ngrants = [\"database\"]\nconfig = { key = { secret = \"NAME\" } }"
        )
        #expect(
            lines["fetch.so"]
                == "[plugins.fetch]\nfile = \"fetch.so\"\ngrants = [\"http_client:example.org\", \"objects:*\", \"process:node\", \"secrets:*\"]"
        )
        #expect(lines["text.so"] == "")
        #expect(without.config.instances.isEmpty)

        let with = try Deployment.check(
            "[host]\nautoload = true\n[plugins.store]\nfile = \"hello.so\"\n")
        #expect(with.problems == [])
        #expect(with.unconfigured.isEmpty)
        #expect(with.config.instance("limit")?.isLoadable == true)
        #expect(with.config.instance("limit")?.autoloaded == true)
        #expect(with.config.instance("store")?.file.hasSuffix("hello.so") == true)
        let app = try #require(with.config.instance("app"))
        #expect(!app.isLoadable)
        #expect(
            with.warnings.map(\.text).contains(
                "plugins/store.so: it is not loaded: another instance is called store\n  give it a name in plugins.toml: [plugins.another]"
            ))
        #expect(
            with.warnings.map(\.text).contains(
                "plugins/app.so: it is not loaded: it uses nself.host.database/1, and is not configured, so that it has only the usual grants\n  add to plugins.toml:\n  [plugins.app]\n  file = \"app.so\"\n  grants = [\"database\"]\n  config = { key = { secret = \"NAME\" } }"
            ))
    }

    @Test("An override can take a provider and a rate limiter away")
    func takenAway() throws {
        let checked = try Deployment.check(
            shop, environment: environment,
            settings: [
                "providers.database=", "chain.rate_limiter=", "plugins.app.enabled=false",
                "plugins.pg.enabled=false",
            ])
        #expect(checked.problems == [])
        #expect(checked.config.providers.isEmpty)
        #expect(checked.config.chain.rateLimiter == nil)
    }

    @Test("An instance may have a provider of its own, which then starts before it")
    func ownProvider() throws {
        let checked = try Deployment.check(
            """
            [providers]
            database = "pg"
            [plugins.app]
            file = "app.so"
            database = "warehouse"
            grants = ["database"]
            config = { key = "12345678" }
            [plugins.pg]
            file = "pg.so"
            grants = ["poll"]
            [plugins.warehouse]
            file = "pg.so"
            grants = ["poll"]
            """)
        #expect(checked.problems == [])
        #expect(checked.config.instance("app")?.startsAfter == ["warehouse"])
    }

    @Test("The large example with every section is read: only files and the proxy are missing")
    func largeExample() throws {
        let text = try Repository.text("Tests/CommandTests/large.toml")
        let environment = [
            "DATABASE_URL": "x", "REDIS_URL": "x", "HASURA_JWT_KEY": "x",
            "HASURA_GRAPHQL_ADMIN_SECRET": "x",
        ]
        let checked = try Deployment.check(text, environment: environment)
        let others = checked.problems.filter {
            !$0.message.contains("the proxy plugin, which serves those, is not there")
                && !($0.message.hasPrefix("chain.")
                    && $0.message.hasSuffix("which cannot be loaded"))
        }
        #expect(others.map(\.text) == [])
        #expect(checked.problems.count == 6)
        #expect(checked.warnings.allSatisfy { $0.message.contains("there is no such file") })
        #expect(checked.config.instances.count == 28)
    }
}
