/// Every kind of mistake in plugins.toml: the exact message, with its line and what to write.
import HostManifest
import Testing

@testable import Command

struct Mistake: CustomTestStringConvertible, Sendable {
    let what: String
    let text: String
    let says: [String]

    init(_ what: String, _ text: String, _ says: String...) {
        self.what = what
        self.text = text
        self.says = says
    }

    var testDescription: String { what }
}

/// Correct by itself; six lines.
private let database = """
    [providers]
    database = "pg"
    [plugins.pg]
    file = "pg.so"
    grants = ["poll"]


    """

@Suite struct ManifestErrorTests {
    @Test(
        "A mistake in plugins.toml is told with line, sentence and remedy",
        arguments: [
            Mistake(
                "not TOML", "[host\nname = 1",
                """
                plugins.toml:1: this is not TOML: error while parsing table header: expected ']', saw '\\n'
                  correct the line; strings stand in quotes, tables in [brackets]
                """),
            Mistake(
                "unknown table", "[hots]\n",
                """
                plugins.toml:1: hots is not known
                  write host instead, or remove it
                """),
            Mistake(
                "unknown key of the host", "[host]\n\nnmae = \"x\"\nzzzzzzzz = 1\n",
                """
                plugins.toml:3: host.nmae is not known
                  write name instead, or remove it
                """,
                """
                plugins.toml:4: host.zzzzzzzz is not known
                  remove it; known are name, domain, listen, admin, loops, plugins, run, data, autoload, watch, require_signature, limits
                """),
            Mistake(
                "wrong types", "[host]\nname = 5\nautoload = \"yes\"\nloops = -1\nlimits = 3\n",
                """
                plugins.toml:2: host.name must be a string and is 5
                  put it in quotes
                """, "plugins.toml:3: host.autoload must be true or false and is \"yes\"",
                "plugins.toml:4: host.loops must be a whole number from 0 to 1024 and is -1",
                """
                plugins.toml:5: host.limits must be a table and is 3
                  write [host.limits]
                """),
            Mistake(
                "addresses",
                "[host]\nlisten = [\n  \"0.0.0.0:80\",\n  \"nowhere\",\n]\nadmin = \"127.0.0.1\"\n",
                """
                plugins.toml:4: host.listen holds "nowhere", which is no address
                  write an IP address and a port: "0.0.0.0:80", "[::]:80", "0.0.0.0:443 tls"
                """,
                """
                plugins.toml:6: host.admin is no address: "127.0.0.1"
                  write admin = "127.0.0.1:3021", or "" for none
                """),
            Mistake(
                "one port twice",
                "[host]\nlisten = [\"127.0.0.1:3021\"]\nadmin = \"127.0.0.1:3021\"\n",
                """
                plugins.toml:3: host.admin uses 127.0.0.1:3021 twice
                  give each listener its own port
                """),
            Mistake(
                "no address", "[host]\nlisten = []\n",
                """
                plugins.toml:2: host.listen names no address
                  write listen = ["127.0.0.1:8080"]
                """),
            Mistake(
                "domain", "[host]\ndomain = \"shop_example\"\n",
                """
                plugins.toml:2: host.domain is no domain name: "shop_example"
                  write for example domain = "shop.example.org"
                """),
            Mistake(
                "times and sizes",
                "[host.limits]\nbody = \"10 parsecs\"\nrequest = 30\nidle_timeout = \"5 us\"\n",
                """
                plugins.toml:2: host.limits.body must be a size and is "10 parsecs"
                  write a number and one of B, kB, MB, GB, KiB, MiB, GiB: body = "10 MiB"
                """,
                """
                plugins.toml:3: host.limits.request must be a time of at least 1 ms and is 30
                  write a number and one of ms, s, min, h, d: request = "30 s"
                """,
                """
                plugins.toml:4: host.limits.idle_timeout must be a time of at least 1 ms and is "5 us"
                  write a number and one of ms, s, min, h, d: idle_timeout = "30 s"
                """),
            Mistake(
                "log level", "[log]\nlevel = \"debgu\"\n",
                """
                plugins.toml:2: log.level must be one of trace, debug, info, notice, warning, error, critical and is "debgu"
                  write level = "debug"
                """),
            Mistake(
                "key of a signer", "[trust]\nkeys = [\"rsa:1\"]\n",
                """
                plugins.toml:2: trust.keys holds "rsa:1", which is no key
                  write "ed25519:…"
                """),
            Mistake(
                "control socket", "[host]\nrun = \"/tmp/\(String(repeating: "x", count: 100))\"\n",
                """
                plugins.toml:2: the control socket /tmp/\(String(repeating: "x", count: 100))/control.sock has a path of 118 bytes, and 107 are possible
                  name a shorter directory: [host] run = "/run/nself"
                """),

            Mistake(
                "plugin without a file", "[plugins.auth_oauth]\nenabled = true\n",
                """
                plugins.toml:1: plugins.auth_oauth needs a file
                  add it: file = "auth-oauth.so"
                """),
            Mistake(
                "file outside", "[plugins.a]\nfile = \"../a.so\"\n",
                """
                plugins.toml:2: plugins.a.file must be a file in the plugins directory and is "../a.so"
                  write its name alone: file = "hello.so"
                """),
            Mistake(
                "missing file", "[plugins.a]\nrequired = true\nfile = \"absent.so\"\n",
                """
                plugins.toml:3: plugins.a cannot be loaded: plugins/absent.so: there is no such file
                  copy the plugin there, or correct its name
                """),
            Mistake(
                "no plugin file", "[plugins.a]\nfile = \"text.so\"\nrequired = true\n",
                """
                plugins.toml:2: plugins.a cannot be loaded: plugins/text.so: it is not a shared object (no ELF file)
                  copy the .so that the build made there
                """),
            Mistake(
                "newer interface", "[plugins.a]\nfile = \"future.so\"\nrequired = true\n",
                """
                plugins.toml:2: plugins.a cannot be loaded: plugins/future.so: it uses nself.host.kv/9, which this host does not have
                  use a newer nself, or an older version of the plugin
                """),
            Mistake(
                "name of an instance", "[plugins.\"ä b\"]\nfile = \"hello.so\"\n",
                """
                plugins.toml:1: "ä b" cannot be the name of an instance
                  use a letter first, then letters, digits, _ and -, at most 63
                """),
            Mistake(
                "name of a service", "[plugins.CS_1]\nfile = \"hello.so\"\n",
                """
                plugins.toml:1: plugins.CS_1: the names CS_1 to CS_99 are for services
                  write [services.CS_1], or give it another name
                """),
            Mistake(
                "unknown key of a plugin",
                "[plugins.hello]\nfile = \"hello.so\"\ngrant = []\nisolation = \"proces\"\n",
                """
                plugins.toml:3: plugins.hello.grant is not known
                  write grants instead, or remove it
                """,
                """
                plugins.toml:4: plugins.hello.isolation must be one of none, process and is "proces"
                  write isolation = "process"
                """),
            Mistake(
                "plugin that is no table", "[plugins]\nhello = \"hello.so\"\n",
                """
                plugins.toml:2: plugins.hello must be a table and is "hello.so"
                  write [plugins.hello]
                """),
            Mistake(
                "mount", "[plugins.hello]\nfile = \"hello.so\"\nmount = \"api/\"\nhost = \"a_b\"\n",
                """
                plugins.toml:3: plugins.hello.mount must be a path and is "api/"
                  begin it with / and end it without: mount = "/api"
                """,
                """
                plugins.toml:4: plugins.hello.host is no name of a host: "a_b"
                  write a label below the domain, host = "api", or a full name
                """),
            Mistake(
                "memory limit without a process",
                "[plugins.hello]\nfile = \"hello.so\"\nlimits = { memory = \"1 MiB\" }\n",
                """
                plugins.toml:3: plugins.hello.limits.memory has no effect on an instance inside the host
                  add isolation = "process", or remove the limit
                """),

            Mistake(
                "grants that are missing",
                database
                    + "[plugins.app]\nfile = \"app.so\"\ngrants = [\"events\"]\nconfig = { key = \"12345678\" }\n",
                """
                plugins.toml:9: plugins.app uses nself.host.database/1, which is not granted
                  add it: grants = ["events", "database"]
                """),
            Mistake(
                "grants with targets",
                "[plugins.fetch]\nfile = \"fetch.so\"\n[plugins.store]\nfile = \"store.so\"\n",
                """
                plugins.toml:1: plugins.fetch uses nself.host.http_client/1, nself.host.objects/1, nself.host.process/1, nself.host.secrets/1, which are not granted
                  add it: grants = ["http_client:example.org", "objects:store", "process:node", "secrets:*"]
                """),
            Mistake(
                "wrong grants",
                """
                [plugins.fetch]
                file = "fetch.so"
                grants = ["http_client", "objects:stor", "process:node", "secrets:A",
                  "secrets:B", "teleport", "databse", "poll:5"]
                [plugins.store]
                file = "store.so"
                """,
                """
                plugins.toml:3: plugins.fetch.grants: http_client must say which hosts
                  write "http_client:api.example.org", or "http_client:*" for all
                """,
                """
                plugins.toml:3: plugins.fetch.grants: objects names stor, which is no instance
                  write store
                """,
                """
                plugins.toml:3: plugins.fetch uses nself.host.http_client/1, nself.host.objects/1, which are not granted
                  add it: grants = ["process:node", "secrets:A", "http_client:example.org", "objects:store"]
                """,
                """
                plugins.toml:4: plugins.fetch.grants names secrets twice
                  put all targets into one grant, separated by commas
                """,
                """
                plugins.toml:4: plugins.fetch.grants names "teleport", which is no interface
                  known are database, kv, queue, mail, audit, events, capabilities, delivery, poll, telemetry, certificates, admin, http_client, process, secrets, objects, functions
                """,
                """
                plugins.toml:4: plugins.fetch.grants names "databse", which is no interface
                  write "database"
                """,
                """
                plugins.toml:4: plugins.fetch.grants: poll takes nothing after a colon
                  write "poll"
                """),

            Mistake(
                "configuration",
                database + """
                    [plugins.app]
                    file = "app.so"
                    grants = ["database"]
                    [plugins.app.config]
                    key = "short"
                    sise = 5
                    live = { refetch = "soon" }
                    [[plugins.app.config.list]]
                    at = "x"
                    [[plugins.app.config.list]]
                    token = 5
                    """,
                "plugins.toml:11: plugins.app.config.key must have at least 8 characters and has 5",
                """
                plugins.toml:12: plugins.app.config.sise is not known
                  write size instead, or remove it
                """,
                """
                plugins.toml:13: plugins.app.config.live.refetch must be a time and is "soon"
                  write a number and one of ns, us, ms, s, min, h, d, for example "30 s"
                """, "plugins.toml:17: plugins.app.config.list[1].token must be a string and is 5"),
            Mistake(
                "configuration that is missing",
                database + "[plugins.app]\nfile = \"app.so\"\ngrants = [\"database\"]\n",
                """
                plugins.toml:7: plugins.app.config needs key
                  add it: key = { secret = "NAME" }
                """),
            Mistake(
                "secrets",
                database + """
                    [plugins.app]
                    file = "app.so"
                    grants = ["database"]
                    [plugins.app.config]
                    key = { secret = "ABSENT" }
                    list = [{ at = "env:NOT_THERE" }, { token = { secret = "../../etc/passwd" } }]
                    """,
                """
                plugins.toml:11: plugins.app.config.key needs the secret ABSENT, which is not set
                  set the environment variable ABSENT, add ABSENT=… to .env, or write it to secrets/ABSENT
                """,
                """
                plugins.toml:12: plugins.app.config.list[0].at needs the environment variable NOT_THERE, which is not set
                  set it, or add NOT_THERE=… to .env
                """,
                """
                plugins.toml:12: plugins.app.config.list[1].token names the secret "../../etc/passwd", which is no name
                  use letters, digits, _, - and .
                """),

            Mistake(
                "provider that is unknown",
                "[providers]\ndatabase = \"pq\"\nkvv = \"x\"\n[plugins.pg]\nfile = \"pg.so\"\ngrants = [\"poll\"]\n",
                """
                plugins.toml:2: providers.database names pq, which is no instance
                  write "pg"
                """,
                """
                plugins.toml:3: providers.kvv is not known
                  write kv instead, or remove it
                """),
            Mistake(
                "provider without the role",
                "[providers]\ndatabase = \"hello\"\nmail = \"hello\"\n[plugins.hello]\nfile = \"hello.so\"\n[plugins.pg]\nfile = \"pg.so\"\ngrants = [\"poll\"]\nkv = \"hello\"\n",
                """
                plugins.toml:2: providers.database names hello, which has not the role nself.role.database/1
                  write "pg"
                """,
                """
                plugins.toml:3: providers.mail names hello, which has not the role nself.role.mail/1
                  add a plugin that has it
                """,
                """
                plugins.toml:9: plugins.pg.kv names hello, which has not the role nself.role.kv/1
                  add a plugin that has it
                """),
            Mistake(
                "provider that is not enabled",
                "[providers]\ndatabase = \"pg\"\n[plugins.pg]\nfile = \"pg.so\"\nenabled = false\n",
                """
                plugins.toml:2: providers.database names pg, which is not enabled
                  remove enabled = false from [plugins.pg], or name another one
                """),
            Mistake(
                "no provider named",
                "[plugins.pg]\nfile = \"pg.so\"\ngrants = [\"poll\"]\n[plugins.app]\nfile = \"app.so\"\ngrants = [\"database\"]\nconfig = { key = \"12345678\" }\n",
                """
                plugins.toml:4: plugins.app uses nself.host.database/1 and no provider of it is named
                  add it: [providers] database = "pg"
                """),
            Mistake(
                "no provider there",
                "[plugins.app]\nfile = \"app.so\"\ngrants = [\"database\"]\nconfig = { key = \"12345678\" }\n",
                """
                plugins.toml:1: plugins.app uses nself.host.database/1 and no provider of it is named
                  add a plugin with the role nself.role.database/1, and name it: [providers] database = "…"
                """),
            Mistake(
                "capability that nobody has",
                "[plugins.asks]\nfile = \"asks.so\"\ngrants = [\"capabilities\"]\n",
                """
                plugins.toml:1: plugins.asks requires auth.identity/1, which no plugin provides
                  add a plugin that provides it
                """),
            Mistake(
                "chain",
                "[chain]\nmiddleware = [\"limit\", \"limit\", \"hello\"]\nauth = [\"limt\"]\nrate_limiter = \"off\"\n[plugins.limit]\nfile = \"limit.so\"\n[plugins.hello]\nfile = \"hello.so\"\n[plugins.off]\nfile = \"limit.so\"\nenabled = false\n",
                """
                plugins.toml:2: chain.middleware names limit twice
                  remove one
                """,
                """
                plugins.toml:2: chain.middleware[2] names hello, which has not the role nself.role.http_middleware/1
                  write "limit" or "off"
                """,
                """
                plugins.toml:3: chain.auth[0] names limt, which is no instance
                  write "limit"
                """,
                """
                plugins.toml:4: chain.rate_limiter names off, which is not enabled
                  remove enabled = false from [plugins.off], or name another one
                """),
            Mistake(
                "two at one place",
                "[plugins.a]\nfile = \"hello.so\"\nmount = \"/api\"\n[plugins.b]\nfile = \"hello.so\"\nmount = \"/api\"\n[services.CS_1]\nfile = \"hello.so\"\nroute = \"/api\"\n",
                """
                plugins.toml:6: plugins.b is mounted at /api, where plugins.a is already
                  give one of them another mount
                """,
                """
                plugins.toml:9: services.CS_1 is mounted at /api, where plugins.a is already
                  give one of them another mount
                """),
            Mistake(
                "circle",
                "[providers]\ndatabase = \"left\"\nkv = \"right\"\n[plugins.left]\nfile = \"left.so\"\ngrants = [\"kv\"]\n[plugins.right]\nfile = \"right.so\"\ngrants = [\"database\"]\n",
                """
                plugins.toml:4: plugins wait for each other: left uses nself.host.kv/1 of right, right uses nself.host.database/1 of left
                  name another provider for one of them, or remove one use
                """),

            Mistake(
                "services",
                """
                [services]
                CS_0 = { file = "hello.so" }
                CS_1 = { url = "ftp://x", file = "hello.so" }
                CS_2 = { route = "a" }
                CS_3 = { command = [], route = "Bad_", health = "x", port = 0, prot = 1 }
                CS_4 = { url = "10.0.0.7" }
                CS_5 = { file = "hello.so", mount = "/x" }
                """,
                """
                plugins.toml:2: services.CS_0 is no name of a service
                  write CS_1 to CS_99, or make it a plugin: [plugins.CS_0]
                """,
                """
                plugins.toml:3: services.CS_1 has file and url, and only one can be
                  give it one of file = "orders.so", command = ["node", "chat.js"], url = "http://10.0.0.7:8080"
                """,
                """
                plugins.toml:4: services.CS_2 says not what it is
                  give it one of file = "orders.so", command = ["node", "chat.js"], url = "http://10.0.0.7:8080"
                """,
                """
                plugins.toml:5: services.CS_3.command names no program
                  write command = ["node", "services/chat.js"]
                """,
                "plugins.toml:5: services.CS_3.port must be a whole number from 1 to 65535 and is 0",
                """
                plugins.toml:5: services.CS_3.health must be a path and is "x"
                  begin it with /
                """,
                """
                plugins.toml:5: services.CS_3.route is no name of a host: "Bad_"
                  write a label below the domain, route = "api", or a full name
                """,
                """
                plugins.toml:5: services.CS_3.prot is not known
                  write port instead, or remove it
                """,
                """
                plugins.toml:5: services.CS_3 has a command, and the proxy plugin, which serves those, is not there
                  add [plugins.proxy] with file = "proxy.so" and the file itself, or build the service as a plugin and give it file = "….so"
                """,
                "plugins.toml:6: services.CS_4.url must begin with http:// or https:// and is \"10.0.0.7\"",
                """
                plugins.toml:6: services.CS_4 has a url, and the proxy plugin, which serves those, is not there
                  add [plugins.proxy] with file = "proxy.so" and the file itself, or build the service as a plugin and give it file = "….so"
                """,
                """
                plugins.toml:7: services.CS_5.mount is not known
                  remove it; known are file, enabled, required, isolation, rate_policy, log_level, grants, route, limits, config
                """),
        ])
    func mistake(_ mistake: Mistake) throws {
        let found = try Deployment.problems(mistake.text)
        #expect(found == mistake.says)
    }

    @Test("A correct manifest has no problems, and an empty one is correct")
    func correct() throws {
        #expect(try Deployment.problems("") == [])
        #expect(try Deployment.problems(database) == [])
    }

    @Test("Problems of ten places are told at once, in the order of the file")
    func allAtOnce() throws {
        let text = (1...10).map { "[plugins.p\($0)]\nfile = \"absent\($0).so\"\nrequired = true\n" }
            .joined()
        let problems = try Deployment.check(text).problems
        #expect(problems.map(\.place) == (0..<10).map { .line(file: "plugins.toml", 2 + $0 * 3) })
    }
}
