/** Text that a server may send and that no report may pass on as it is, each with what makes it dangerous. */
export const HOSTILE: Readonly<Record<string, string>> = {
  'the end of a CDATA section': 'a]]>b',
  'an element': '</failure><script>alert(1)</script>&amp;&lt;',
  'an entity that nobody has declared': '&g; &amp; &#0; &#xyz;',
  'attribute ends': `"'><x y="z"`,
  'a NUL': 'a\0b',
  'an escape sequence': 'a\x1b[2J\x1b]0;title\x07b',
  'an 8-bit escape sequence': 'a\x9b2Jb',
  'a carriage return': 'good\rbad',
  'line feeds and a TAP line': 'x\nok 1 - forged\n1..1\nBail out! no\n',
  'the end of a YAML block': '...\n---\n  ...\nok 9',
  'a TAP directive': 'name # SKIP not me \\# TODO {',
  'a right-to-left override': 'abc\u202edcba\u2066',
  'a lone high surrogate': 'a\ud83d',
  'a lone low surrogate': '\ude00a',
  'a non-character': 'a\ufffeb\uffff',
  'line separators': 'a\u2028b\u2029c\u0085d',
  'invalid UTF-8, as Node decodes it': Buffer.from([0xc3, 0x28, 0xff, 0xfe]).toString('utf8'),
  'Markdown fences': '``` \n~~~\n````\n# heading\n<b>',
  nothing: '',
  'a mebibyte': '<\x1b]]>é'.repeat(175_000),
}

/** All characters that a terminal, a line or XML 1.0 must not get, line feeds and tabs apart. */
export const UNSAFE = /[^\P{C}\n\t]|[\u2028\u2029]/u
