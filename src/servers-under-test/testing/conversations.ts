// What a client says on one connection and must get: every row of the tables of frame-protocol.md, and of the other
// protocols, for every server that claims to speak them. The client ends its side after what it says.

import { badChecksum, frame, message, ping, stop } from './frames.ts'

export interface Conversation {
  readonly title: string
  readonly says: Uint8Array
  /** Frames as `readAnswers` writes them. */
  readonly gets: readonly string[]
}

const hex = (...parts: string[]) => Buffer.from(parts.join('').replaceAll(' ', ''), 'hex')

/** With a limit of 1 MiB. */
export const FRAME_CONVERSATIONS: readonly Conversation[] = [
  { title: 'nothing gets nothing', says: hex(), gets: [] },
  { title: 'a message comes back', says: hex('00000004 01 70696e67 44699de9'), gets: ['message "ping"'] },
  { title: 'an empty message comes back', says: hex('00000000 01 b125c78b'), gets: ['message ""'] },
  { title: 'a ping gets a pong with its data', says: hex('00000002 02 d0bf ee07a899'), gets: ['pong "п"'] },
  { title: 'stop gets stop', says: hex('00000000 04 c14f3304'), gets: ['stop ""'] },
  { title: 'stop with data gets stop without', says: stop('now'), gets: ['stop ""'] },
  {
    title: 'what follows stop is thrown away',
    says: Buffer.concat([message('a'), stop(), message('b'), badChecksum('c'), Buffer.from('junk')]),
    gets: ['message "a"', 'stop ""'],
  },
  {
    title: 'answers come one for one and in order',
    says: Buffer.concat([message('1'), ping('2'), message(''), ping(''), message('3')]),
    gets: ['message "1"', 'pong "2"', 'message ""', 'pong ""', 'message "3"'],
  },
  {
    title: 'a wrong checksum gets error 1 after the good answers, and nothing after it is read',
    says: Buffer.concat([message('good'), badChecksum('bad'), message('late')]),
    gets: ['message "good"', 'error 1'],
  },
  {
    title: 'a wrong checksum wins over an unknown type',
    says: Buffer.concat([frame(0x55, 'x').subarray(0, -1), hex('00')]),
    gets: ['error 1'],
  },
  {
    title: 'a length over the limit gets error 2 from its four bytes alone',
    says: Buffer.concat([message('good'), hex('00100001')]),
    gets: ['message "good"', 'error 2'],
  },
  { title: 'the greatest length is not negative', says: hex('ffffffff 01'), gets: ['error 2'] },
  {
    title: 'an unknown type gets error 3',
    says: Buffer.concat([ping('a'), frame(0x05, 'x')]),
    gets: ['pong "a"', 'error 3'],
  },
  { title: 'type 0 is unknown', says: frame(0), gets: ['error 3'] },
  { title: 'pong from a client is an unknown type', says: frame(0x03, 'x'), gets: ['error 3'] },
  { title: 'error from a client is an unknown type', says: frame(0x7f, '\x01oops'), gets: ['error 3'] },
  {
    title: 'an end inside the length gets error 4',
    says: Buffer.concat([message('good'), hex('000000')]),
    gets: ['message "good"', 'error 4'],
  },
  { title: 'an end inside the data gets error 4', says: hex('00000004 01 7069'), gets: ['error 4'] },
  { title: 'an end inside the checksum gets error 4', says: message('x').subarray(0, -1), gets: ['error 4'] },
  {
    title: 'a frame of exactly the limit is good',
    says: Buffer.concat([message(Buffer.alloc(1_048_576, 7)), message('after')]),
    gets: ['message "1048576 bytes"', 'message "after"'],
  },
]

/** What bytes get back as bytes, whatever the reads. */
export interface ByteConversation {
  readonly title: string
  readonly says: Uint8Array
  readonly gets: Uint8Array
}

const text = (title: string, says: string, gets: string): ByteConversation => ({
  title,
  says: Buffer.from(says),
  gets: Buffer.from(gets),
})

export const ECHO_CONVERSATIONS: readonly ByteConversation[] = [
  text('nothing gets nothing', '', ''),
  { title: 'every byte comes back', says: hex('00ff0d0a80'), gets: hex('00ff0d0a80') },
]

const LONGEST = 'x'.repeat(65_536)

export const LINES_CONVERSATIONS: readonly ByteConversation[] = [
  text('lines keep their own endings', 'a\nb\r\n\n\r\nп\r\n', 'a\nb\r\n\n\r\nп\r\n'),
  text('a bare CR belongs to the line', 'a\rb\r\r\nc\n', 'a\rb\r\r\nc\n'),
  text('an unfinished last line comes back as it stands', 'a\nlast', 'a\nlast'),
  text('an unfinished last line may end with CR', 'a\nlast\r', 'a\nlast\r'),
  text('a line of 65,536 bytes is good', `a\n${LONGEST}\r\nb\n`, `a\n${LONGEST}\r\nb\n`),
  text('a longer one ends the connection after the earlier answers', `a\n${LONGEST}x\nb\n`, 'a\n'),
]

export const UPPER_CONVERSATIONS: readonly ByteConversation[] = [
  text('text comes back in upper case', 'abc пример ß ŉ 𐐨\r\n', 'ABC ПРИМЕР SS ʼN 𐐀\r\n'),
  text('a byte order mark is kept', '\ufeffa', '\ufeffA'),
  { title: 'a malformed byte becomes U+FFFD', says: hex('61 ff 62'), gets: Buffer.from('A\ufffdB') },
  { title: 'a surrogate is malformed', says: hex('61 eda080 62'), gets: Buffer.from('A\ufffd\ufffd\ufffdB') },
  { title: 'a character torn by another becomes one U+FFFD', says: hex('e282 61'), gets: Buffer.from('\ufffdA') },
  { title: 'a character cut off by the end becomes U+FFFD', says: hex('61 f09f98'), gets: Buffer.from('A\ufffd') },
]
