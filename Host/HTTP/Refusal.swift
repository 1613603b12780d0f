/// Why the front refuses a request before a handler sees it, and what the client is told.

public enum Refusal: UInt8, CaseIterable, Sendable {
    // Request line.
    case malformedRequestLine, badMethod, methodTooLong, badTarget, targetTooLong, badVersion
    case unsupportedVersion, connectNotSupported
    // Field lines.
    case bareLineFeed, bareCarriageReturn, foldedField, spaceBeforeColon, badFieldName
    case missingColon, controlInValue, headTooLarge, tooManyFields
    // Framing.
    case badContentLength, severalContentLengths, lengthAndTransferCoding, badTransferCoding
    case severalTransferCodings, unknownTransferCoding, transferCodingInOldVersion
    case badChunkSize, badChunkExtension, chunkExtensionsTooLarge, badChunkEnd, badTrailer
    case trailersTooLarge
    // Host.
    case missingHost, severalHosts, badHost, hostDiffersFromTarget
    // Path.
    case badPercentEncoding, nulInPath, pathLeavesRoot, pathNotText, pathTooDeep
    // Policy.
    case noRoute, methodNotAllowed, asteriskTarget, notSignedIn, webSocketNotSupported,
        bodyTooLarge, unknownExpectation, headTimeout, bodyTimeout
    case requestTimeout, tooManyConnections, tooManyBodies, badResponse

    var status: UInt16 {
        switch self {
        case .methodTooLong, .connectNotSupported, .unknownTransferCoding, .webSocketNotSupported:
            501
        case .unsupportedVersion: 505
        case .targetTooLong: 414
        case .headTooLarge, .tooManyFields: 431
        case .chunkExtensionsTooLarge, .bodyTooLarge: 413
        case .unknownExpectation: 417
        case .noRoute, .asteriskTarget: 404
        case .notSignedIn: 401
        case .methodNotAllowed: 405
        case .headTimeout, .bodyTimeout: 408
        case .requestTimeout: 504
        case .tooManyConnections, .tooManyBodies: 503
        case .badResponse: 500
        default: 400
        }
    }

    /// The connection stays usable: what the request said about its own length can be trusted.
    var keepsConnection: Bool {
        switch self {
        case .noRoute, .methodNotAllowed, .asteriskTarget, .notSignedIn, .badResponse,
            .badPercentEncoding, .nulInPath,
            .pathLeavesRoot, .pathNotText, .pathTooDeep:
            true
        default: false
        }
    }

    /// For the client, as "message" of the error body.
    var message: StaticString {
        switch self {
        case .malformedRequestLine:
            "the request line is not: method, one space, target, one space, version"
        case .badMethod: "the method is not a token"
        case .methodTooLong: "the method is longer than any this server knows"
        case .badTarget: "the request target has characters or a form that a URI does not allow"
        case .targetTooLong: "the request target is too long"
        case .badVersion: "the version is not HTTP/1.0 or HTTP/1.1"
        case .unsupportedVersion: "this server speaks HTTP/1.1 and HTTP/1.0 here"
        case .connectNotSupported: "this server is not a proxy: CONNECT is not supported"
        case .bareLineFeed: "a line ends with LF alone instead of CR LF"
        case .bareCarriageReturn: "a CR stands without LF"
        case .foldedField: "a line begins with white space: folded fields are refused"
        case .spaceBeforeColon: "white space stands between a field name and its colon"
        case .badFieldName: "a field name is not a token"
        case .missingColon: "a field line has no colon"
        case .controlInValue: "a field value has a control character"
        case .headTooLarge: "the header section is too large"
        case .tooManyFields: "the header section has too many fields"
        case .badContentLength: "Content-Length is not a number"
        case .severalContentLengths: "Content-Length is given more than once"
        case .lengthAndTransferCoding: "Content-Length and Transfer-Encoding are both given"
        case .badTransferCoding: "Transfer-Encoding is malformed"
        case .severalTransferCodings: "Transfer-Encoding is given more than once"
        case .unknownTransferCoding: "only the transfer coding \"chunked\" is supported"
        case .transferCodingInOldVersion: "Transfer-Encoding is not allowed in HTTP/1.0"
        case .badChunkSize: "a chunk size is malformed or too large"
        case .badChunkExtension: "a chunk extension is malformed"
        case .chunkExtensionsTooLarge: "the chunk extensions are too large"
        case .badChunkEnd: "a chunk does not end where its size says"
        case .badTrailer: "a trailer field is malformed"
        case .trailersTooLarge: "the trailer section is too large"
        case .missingHost: "Host is missing"
        case .severalHosts: "Host is given more than once"
        case .badHost: "Host is not a valid authority"
        case .hostDiffersFromTarget: "Host differs from the authority of the request target"
        case .badPercentEncoding: "the path has a malformed percent-encoding"
        case .nulInPath: "the path has a NUL"
        case .pathLeavesRoot: "the path leaves the root"
        case .pathNotText: "the path is not UTF-8"
        case .pathTooDeep: "the path has too many segments"
        case .noRoute: "no such route"
        case .methodNotAllowed: "this route does not have that method"
        case .asteriskTarget: "no route answers for the server as a whole"
        case .notSignedIn: "this route needs a signed-in user"
        case .webSocketNotSupported: "this server does not speak WebSocket"
        case .bodyTooLarge: "the body is larger than this route takes"
        case .unknownExpectation: "only the expectation \"100-continue\" is supported"
        case .headTimeout: "the header section took too long"
        case .bodyTimeout: "the body arrives too slowly"
        case .requestTimeout: "the request was not answered in time"
        case .tooManyConnections: "too many connections"
        case .tooManyBodies: "too many bodies are being received"
        case .badResponse: "the service gave an answer that cannot be sent"
        }
    }
}
