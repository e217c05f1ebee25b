/** Lines of a text, counted from 1. */
export interface Lines {
  readonly first: number
  readonly last: number
}

/** The lines of each excuse in the text of a baseline that is known to be valid, in order. */
export function excuseLines(text: string): Lines[] {
  const spans: Lines[] = []
  let [depth, line, first] = [0, 1, 1]
  // Nothing else in a baseline is nested as deep as an excuse: an object in a list in an object.
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}\n]/g)) {
    if (token === '\n') line += 1
    else if (token === '{' || token === '[') {
      depth += 1
      if (depth === EXCUSE) first = line
    } else if (token === '}' || token === ']') {
      if (depth === EXCUSE) spans.push({ first, last: line })
      depth -= 1
    }
  }
  return spans
}

const EXCUSE = 3
