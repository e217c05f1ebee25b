import { createHash } from 'node:crypto'
import { numberedCase } from '../../src/harness/hunt/case-of.ts'
import { digest } from '../../src/harness/shrink/shrink.ts'
import { propertiesOf } from '../catalogue.ts'
import { builtInProtocols } from '../protocols/built-in.ts'

/** One digest of the first `count` cases, fewer of those that cost more, of each property of each built-in protocol, by `<protocol> <property>`. */
export function caseDigests(seed: number, count: number): Record<string, string> {
  const digests: Record<string, string> = {}
  for (const protocol of builtInProtocols) {
    for (const property of propertiesOf(protocol)) {
      if (property.notFor?.(protocol) !== undefined) continue
      const arbitrary = property.cases(protocol)
      const hash = createHash('sha256')
      for (let index = 0; index < count / (property.weight ?? 1); index++) {
        hash.update(digest(numberedCase(arbitrary, property, { protocol, seed }, index)))
      }
      digests[`${protocol.name} ${property.id}`] = hash.digest('hex')
    }
  }
  return digests
}
