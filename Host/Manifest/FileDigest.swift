/// The SHA-256 of a file, which says whether two plugin files are the same.
import Glibc
import SSL

public enum FileDigest {
    /// 64 lower-case hexadecimal digits. [any], blocks.
    public static func sha256(path: String) throws(FileError) -> String {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw FileError(path: path, action: "cannot be opened", code: errno)
        }
        defer { close(descriptor) }
        return try sha256(descriptor: descriptor, path: path)
    }

    /// Of an open file, from its start; the descriptor's own position does not move, so that
    /// exactly the file that is loaded later can be checked. [any], blocks.
    public static func sha256(descriptor: Int32, path: String) throws(FileError) -> String {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        guard context != nil, EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1 else {
            throw FileError(path: path, action: "cannot be hashed", code: ENOMEM)
        }
        var chunk = [UInt8](repeating: 0, count: 256 << 10)
        var offset: off_t = 0
        while true {
            let count = pread(descriptor, &chunk, chunk.count, offset)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else {
                throw FileError(path: path, action: "cannot be read", code: errno)
            }
            if count == 0 { break }
            EVP_DigestUpdate(context, chunk, count)
            offset += off_t(count)
        }
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var size: UInt32 = 0
        guard EVP_DigestFinal_ex(context, &digest, &size) == 1 else {
            throw FileError(path: path, action: "cannot be hashed", code: EIO)
        }
        return hexadecimal(digest[..<Int(size)])
    }

    static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
