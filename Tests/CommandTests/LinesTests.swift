/// Lines of key paths, `.env` files, and how problems are printed.
import HostManifest
import Testing

@testable import Command

@Suite struct LinesTests {
    private let text = """
        # comment [not.a.table]
        top = 1
        [a]  # table
        b.c = "x # no comment"
        "quoted key" = '''
        [not.a.table]
        d = 1'''
        list = [
          1,  # one
          { k = 1, "l m" = [ 5,
             6 ] },
          "]",
        ]
        [[items]]
        n = 1
        [[items]]
        n = 2
        [items.sub]
        deep = true
        [a.e.'f.g']
        long = \"\"\"
        a "quoted" \\
        line\"\"\"\"
        last = 2020-01-01
        """

    @Test("Every key is found at its line")
    func lines() {
        let lines = Lines(text)
        func line(_ steps: ConfigPath.Step...) -> Int? { lines[ConfigPath(steps)] }
        #expect(line(.key("top")) == 2)
        #expect(line(.key("a")) == 3)
        #expect(line(.key("a"), .key("b")) == 4)
        #expect(line(.key("a"), .key("b"), .key("c")) == 4)
        #expect(line(.key("a"), .key("quoted key")) == 5)
        #expect(line(.key("a"), .key("list")) == 8)
        #expect(line(.key("a"), .key("list"), .index(0)) == 9)
        #expect(line(.key("a"), .key("list"), .index(1), .key("k")) == 10)
        #expect(line(.key("a"), .key("list"), .index(1), .key("l m"), .index(1)) == 11)
        #expect(line(.key("a"), .key("list"), .index(2)) == 12)
        #expect(line(.key("items"), .index(1), .key("n")) == 17)
        #expect(line(.key("items"), .index(1), .key("sub"), .key("deep")) == 19)
        #expect(line(.key("a"), .key("e"), .key("f.g"), .key("long")) == 21)
        #expect(line(.key("a"), .key("e"), .key("f.g"), .key("last")) == 24)
        #expect(line(.key("not")) == nil)
        #expect(lines.nearest(ConfigPath("a", "b", "z")) == 4)
        #expect(lines.nearest(ConfigPath("zzz")) == nil)
    }

    @Test("The parser sees the same keys as the reader of lines")
    func agree() throws {
        let lines = Lines(text)
        let root = try TOML.parse(text, lines: lines)
        #expect(root.keys == ["top", "a", "items"])
        #expect(root["a"]?.objectValue?.keys == ["b", "quoted key", "list", "e"])
        #expect(root["a"]?["e"]?["f.g"]?["long"] == "a \"quoted\" line\"")
        #expect(root["a"]?["e"]?["f.g"]?["last"] == "2020-01-01")
        func walk(_ value: JSONValue, _ path: ConfigPath) {
            switch value {
            case .object(let object):
                for member in object {
                    #expect(
                        lines[path.appending(member.key)] != nil, "\(path.appending(member.key))")
                    walk(member.value, path.appending(member.key))
                }
            case .array(let elements):
                for (index, element) in elements.enumerated() {
                    walk(element, path.appending(index))
                }
            default: break
            }
        }
        walk(.object(root), ConfigPath())
    }

    @Test("Text that is no TOML ends, whatever it is")
    func damaged() {
        let bytes = Array(text.utf8)
        for position in bytes.indices {
            _ = Lines(String(decoding: bytes[position...], as: UTF8.self))
            _ = Lines(String(decoding: bytes[..<position], as: UTF8.self))
            for change in "\"'[]{}=.,#\n\\".utf8 {
                var damaged = bytes
                damaged[position] = change
                _ = Lines(String(decoding: damaged, as: UTF8.self))
            }
        }
        _ = Lines("a = " + String(repeating: "[", count: 100_000))
        _ = Lines("a = " + String(repeating: "{a=", count: 100_000))
    }
}

@Suite struct DotEnvTests {
    @Test("Names, quotes, escapes, comments and export are read")
    func reads() {
        let dotEnv = DotEnv(
            """
            # comment
            A=1
            export B = "two\\nlines \\"x\\" # in"  # out
            C='as $is\\n'
            D=with#hash # comment
            E=
            F=#empty
              G = spaced value\t
            A=again
            """ + "\r\nH=crlf\r\n", file: ".env")
        #expect(dotEnv.problems == [])
        #expect(
            dotEnv.values == [
                "A": "again", "B": "two\nlines \"x\" # in", "C": "as $is\\n", "D": "with#hash",
                "E": "", "F": "",
                "G": "spaced value", "H": "crlf",
            ])
        #expect(dotEnv.entries.map(\.line) == [2, 3, 4, 5, 6, 7, 8, 9, 10])
    }

    @Test("A line that makes no sense is told, and the others are read")
    func problems() {
        let dotEnv = DotEnv("A=1\nnonsense\n1B=2\nC=\"open\nD=4\n", file: ".env")
        #expect(dotEnv.values == ["A": "1", "D": "4"])
        #expect(
            dotEnv.problems.map(\.text) == [
                ".env:2: the line has no =\n  write NAME=value, or begin it with #",
                ".env:3: \"1B\" is no name of a variable\n  use letters, digits and _, and no digit first",
                ".env:4: the quote of C is not closed\n  close it on the same line, and write a newline inside as \\n",
            ])
    }
}
