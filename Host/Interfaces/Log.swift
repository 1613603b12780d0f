/// nself.host.log/1: records of an instance.

import CNself
import HostCore
import HostPlugins

enum LogInterface {
    static func table() -> UnsafeRawPointer {
        makeTable(nself_host_log.self, nself_host_log()) { table in
            table.pointee.level = { host in
                nself_log_level(rawValue: LogInterface.lowest(Generation.of(host)).rawValue)
                    ?? .NSELF_LOG_INFO
            }
            table.pointee.write = { host, _, level, message, fields in
                LogInterface.write(
                    Generation.of(host), LogLevel(severity: level.rawValue), message, fields)
            }
        }
    }

    private static func lowest(_ generation: Generation) -> LogLevel { generation.logLevel }

    private static func write(
        _ generation: Generation, _ level: LogLevel, _ message: nself_string, _ fields: nself_fields
    ) {
        guard level >= lowest(generation) else { return }
        let log = generation.runtime.log
        var line = LogLine(
            log.format, level, source: generation.config.name, message: String(borrowed: message),
            unixTime: Clock.unix())
        line.field("generation", "\(generation.number)")
        for index in 0..<fields.count {
            line.field(
                String(borrowed: fields.items[index].name),
                String(borrowed: fields.items[index].value))
        }
        log.append(line.finish())
    }
}
