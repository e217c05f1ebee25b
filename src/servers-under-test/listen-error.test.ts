import { expect, test } from 'vitest'
import { ListenError } from './listen-error.ts'

test.each([
  ['EACCES', 'cannot listen on 127.0.0.1:80: not permitted; choose a port above 1023 (0 takes a free one) (EACCES)'],
  ['ENFILE', 'cannot listen on 127.0.0.1:80: the words of the system (ENFILE)'],
])('%s is told with what to do next, where we know it', (code, words) => {
  const cause = Object.assign(new Error('the words of the system'), { code })
  const error = new ListenError('127.0.0.1', 80, cause)
  expect([error.name, error.code, error.message]).toEqual(['ListenError', code, words])
})
