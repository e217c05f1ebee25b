import { z } from 'zod'
import { aFunction, BIG, fields, must, oneOf, wholeNumber } from './fields.ts'

/** The framings that can be declared, each with the form of its declaration; see codec/parts.ts. */
export function declarationSchemas(): Readonly<Record<string, z.ZodType>> {
  return {
    length: fields({
      framing: z.literal('length'),
      length: fields({
        offset: bytes,
        width: wholeNumber(1, 8),
        order,
        counts: oneOf('data', 'frame', 'after').optional(),
        adjust: wholeNumber(-BIG, BIG).optional(),
      }),
      head: bytes,
      limit: bytes.optional(),
      checksum,
    }),
    varint: fields({
      framing: z.literal('varint'),
      flavour: oneOf('leb128'),
      head: bytes.optional(),
      maxVarintBytes: wholeNumber(1, 7).optional(),
      limit: bytes.optional(),
      checksum,
    }),
    delimiter: fields({ framing: z.literal('delimiter'), delimiter: delimiters, limit: bytes.optional() }),
    fixed: fields({ framing: z.literal('fixed'), size: wholeNumber(1, BIG) }),
  }
}

const bytes = wholeNumber(0, BIG)
const order = oneOf('big', 'little')

const checksum = fields({
  algorithm: z.union([oneOf('crc32', 'crc16-modbus', 'sum8', 'xor8'), aFunction], {
    error: "must be one of 'crc32', 'crc16-modbus', 'sum8', 'xor8', or a function of bytes",
  }),
  width: wholeNumber(1, 6),
  order,
  covers: oneOf('head+data', 'data'),
}).optional()

const isDelimiter = (value: unknown): boolean =>
  (typeof value === 'string' || value instanceof Uint8Array) && value.length > 0
const delimiters = must<string>(
  (value) => isDelimiter(value) || (Array.isArray(value) && value.length > 0 && value.every(isDelimiter)),
  'text or bytes, or a list of them, none of them empty',
)
