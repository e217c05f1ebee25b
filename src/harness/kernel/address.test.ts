import { expect, test } from 'vitest'
import { addressBytes, mappedBytes } from './address.ts'

test.each([
  ['127.0.0.1', '7f000001'],
  ['::ffff:127.0.0.1', '7f000001'],
  ['::ffff:7f00:1', '7f000001'],
  ['::1', '00000000000000000000000000000001'],
  ['::', '00000000000000000000000000000000'],
  ['fe80::1:2%lo', 'fe800000000000000000000000010002'],
  ['2001:db8:1:2:3:4:5:6', '20010db8000100020003000400050006'],
])('%s is %s on the wire', (address, hex) => {
  expect(Buffer.from(addressBytes(address)).toString('hex')).toBe(hex)
})

test('an IPv4 address can be spelt as a mapped IPv6 one, and an IPv6 one stays as it is', () => {
  expect(Buffer.from(mappedBytes(addressBytes('10.0.0.2'))).toString('hex')).toBe('00000000000000000000ffff0a000002')
  expect(mappedBytes(addressBytes('::1'))).toEqual(addressBytes('::1'))
})

test.each(['localhost', '', '1.2.3', '::1::'])("'%s' is refused with a hint", (address) => {
  expect(() => addressBytes(address)).toThrow('resolve host names first')
})
