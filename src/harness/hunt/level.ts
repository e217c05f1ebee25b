import { type Level, levelOf, type Property } from '../property.ts'
import { CRASH, MUTE } from './alone.ts'

/** How binding the rule is that was broken: to survive is a must, whatever was tried. */
export function levelBroken(property: Property, rule: string): Level {
  return rule === CRASH || rule === MUTE ? 'must' : levelOf(property)
}
