import type { Step } from '../case.ts'

type Datagram = Extract<Step, { do: 'datagram' }>

/** The same datagram without its fault, or with less of it. */
export function* milderDatagrams({ do: sends, bytes, fault }: Datagram): Iterable<Datagram> {
  if (fault === undefined) return
  yield { do: sends, bytes }
  // What is sent stays the same, and says so.
  if (fault.is === 'truncated' && fault.to < bytes.length) yield { do: sends, bytes: bytes.subarray(0, fault.to) }
  if (fault.is === 'late') for (let by = 1; by < fault.by; by++) yield { do: sends, bytes, fault: { is: 'late', by } }
}
