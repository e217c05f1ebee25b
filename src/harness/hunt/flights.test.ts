import { expect, it } from 'vitest'
import { Flights } from './flights.ts'

it('a case has flown beside those that were there before it, and those that came after, whether they have ended or not', () => {
  const flights = new Flights()
  for (const index of [0, 1]) flights.begin(index)
  flights.end(0)
  flights.begin(2)
  expect(flights.beside(1)).toEqual([2, 0])
  expect(flights.beside(2)).toEqual([1])
})

it('beside a case that flies for long, the last ones are remembered', () => {
  const flights = new Flights()
  flights.begin(0)
  for (let index = 1; index <= 1_000; index++) {
    flights.begin(index)
    flights.end(index)
  }
  expect(flights.beside(0)).toEqual(Array.from({ length: 64 }, (_, back) => 1_000 - back))
})
