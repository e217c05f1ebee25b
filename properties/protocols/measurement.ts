/** Bytes of the time that frames are drawn with, and the space behind it. */
export const TIME_SIZE = '2026-11-21T06:48:00.250Z '.length

/** Whether a line, without its ending, is `TIME METRIC VALUE` as the collector protocol has it. */
export function isMeasurement(text: Uint8Array): boolean {
  const [time = '', metric = '', value = '', ...more] = Buffer.from(text).toString().split(' ')
  // What is no UTF-8 does not come back as it was.
  if (more.length > 0 || Buffer.compare(Buffer.from([time, metric, value].join(' ')), text) !== 0) return false
  return isTime(time) && /^[^\0-\x20\x7f]+$/.test(metric) && /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value)
}

/** A moment that exists comes back as it was written. */
function isTime(text: string): boolean {
  const seconds = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,9})?Z$/.exec(text)?.[1]
  if (seconds === undefined) return false
  const moment = new Date(`${seconds}Z`)
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(seconds)
}
