import { expect, it } from 'vitest'
import { alone } from '../testing/steps.ts'
import { Flights } from './flights.ts'

const subject = alone([])
const numbersBeside = (flights: Flights, index: number) => flights.beside(index).map((other) => other.index)

it('a case has flown beside those that were there before it, and those that came after, whether they have ended or not', () => {
  const flights = new Flights()
  for (const index of [0, 1]) flights.begin(index, subject)
  flights.end(0)
  flights.begin(2, subject)
  expect(flights.beside(1)).toEqual([
    { index: 2, subject },
    { index: 0, subject },
  ])
  expect(numbersBeside(flights, 2)).toEqual([1])
})

it('beside a case that flies for long, the last ones are remembered', () => {
  const flights = new Flights()
  flights.begin(0, subject)
  for (let index = 1; index <= 1_000; index++) {
    flights.begin(index, subject)
    flights.end(index)
  }
  expect(numbersBeside(flights, 0)).toEqual(Array.from({ length: 64 }, (_, back) => 1_000 - back))
})
