import type { CatalogueEntry } from '../catalogue-entry.ts'
import { ackBeforeStore } from './ack-before-store.ts'
import { asyncHalfClose } from './async-half-close.ts'
import { asyncOvertaking } from './async-overtaking.ts'
import { asyncUnhandledReset } from './async-unhandled-reset.ts'
import { burstDeafens } from './burst-deafens.ts'
import { cancelUnsafeRead } from './cancel-unsafe-read.ts'
import { checksumHalf } from './checksum-half.ts'
import { checksumOfNothing } from './checksum-of-nothing.ts'
import { checksumPerChunk } from './checksum-per-chunk.ts'
import { checksumUnchecked } from './checksum-unchecked.ts'
import { coalescedDrop } from './coalesced-drop.ts'
import { connectionTableFull } from './connection-table-full.ts'
import { crashOnRst } from './crash-on-rst.ts'
import { crashOnUnknownType } from './crash-on-unknown-type.ts'
import { crlfSplit } from './crlf-split.ts'
import { crossTalk } from './cross-talk.ts'
import { deepErrorBetween } from './deep-error-between.ts'
import { deepFourByteChar } from './deep-four-byte-char.ts'
import { deepHalfLeft } from './deep-half-left.ts'
import { deepLongLineCrlf } from './deep-long-line-crlf.ts'
import { deepOddFragment } from './deep-odd-fragment.ts'
import { deepResetInside } from './deep-reset-inside.ts'
import { deepStaleType } from './deep-stale-type.ts'
import { deepTornLength } from './deep-torn-length.ts'
import { deepTwoInside } from './deep-two-inside.ts'
import { delimiterAtZero } from './delimiter-at-zero.ts'
import { emptyIsEnd } from './empty-is-end.ts'
import { eofBusyLoop } from './eof-busy-loop.ts'
import { errorEatsGood } from './error-eats-good.ts'
import { errorGoesOn } from './error-goes-on.ts'
import { exactBufferSize } from './exact-buffer-size.ts'
import { finBecomesRst } from './fin-becomes-rst.ts'
import { firstReadTailCrash } from './first-read-tail-crash.ts'
import { firstReadTailLost } from './first-read-tail-lost.ts'
import { fixedBuffer } from './fixed-buffer.ts'
import { followsDotDot } from './follows-dot-dot.ts'
import { halfCloseDropsAnswer } from './half-close-drops-answer.ts'
import { interleavedWriters } from './interleaved-writers.ts'
import { lastSpeaker } from './last-speaker.ts'
import { lateLimit } from './late-limit.ts'
import { leakOnErrorPath } from './leak-on-error-path.ts'
import { leakOnRst } from './leak-on-rst.ts'
import { limitExceeded } from './limit-exceeded.ts'
import { limitRefused } from './limit-refused.ts'
import { listenerLost } from './listener-lost.ts'
import { negativeLength } from './negative-length.ts'
import { neverEnds } from './never-ends.ts'
import { nulEndsText } from './nul-ends-text.ts'
import { oversizeClosesAll } from './oversize-closes-all.ts'
import { partialWriteIgnored } from './partial-write-ignored.ts'
import { peernameAfterReset } from './peername-after-reset.ts'
import { pipeliningKills } from './pipelining-kills.ts'
import { pipeliningReorder } from './pipelining-reorder.ts'
import { poolStarvation } from './pool-starvation.ts'
import { queueOverflow } from './queue-overflow.ts'
import { readCounter } from './read-counter.ts'
import { readIsALine } from './read-is-a-line.ts'
import { readIsMessage } from './read-is-message.ts'
import { recursionPerFrame } from './recursion-per-frame.ts'
import { resetBusyLoop } from './reset-busy-loop.ts'
import { reusedBuffer } from './reused-buffer.ts'
import { ringWrap } from './ring-wrap.ts'
import { serialAccept } from './serial-accept.ts'
import { sharedTextDecoder } from './shared-text-decoder.ts'
import { shortPeek } from './short-peek.ts'
import { shortReadHeuristic } from './short-read-heuristic.ts'
import { silentRefusal } from './silent-refusal.ts'
import { splitControlFrame } from './split-control-frame.ts'
import { splitHeader } from './split-header.ts'
import { splitSurrogates } from './split-surrogates.ts'
import { staleDescriptor } from './stale-descriptor.ts'
import { stallZeroLength } from './stall-zero-length.ts'
import { stalledClientBlocksAll } from './stalled-client-blocks-all.ts'
import { starvedByHalfFrame } from './starved-by-half-frame.ts'
import { stopTailRun } from './stop-tail-run.ts'
import { storesHalfLine } from './stores-half-line.ts'
import { tornAnsweredTwice } from './torn-answered-twice.ts'
import { truncatesFirst } from './truncates-first.ts'
import { truncationUnsaid } from './truncation-unsaid.ts'
import { unboundedOutbuf } from './unbounded-outbuf.ts'
import { undersizedLength } from './undersized-length.ts'
import { unknownTypeIgnored } from './unknown-type-ignored.ts'
import { utf8PerChunk } from './utf8-per-chunk.ts'
import { writeAfterDisconnect } from './write-after-disconnect.ts'
import { zeroLengthSpin } from './zero-length-spin.ts'

/** Servers with one planted bug each, by their names in the catalogue. */
export const BROKEN: Readonly<Record<string, CatalogueEntry>> = {
  'broken/async-half-close': asyncHalfClose,
  'broken/async-overtaking': asyncOvertaking,
  'broken/async-unhandled-reset': asyncUnhandledReset,
  'broken/burst-deafens': burstDeafens,
  'broken/cancel-unsafe-read': cancelUnsafeRead,
  'broken/checksum-half': checksumHalf,
  'broken/checksum-of-nothing': checksumOfNothing,
  'broken/checksum-per-chunk': checksumPerChunk,
  'broken/checksum-unchecked': checksumUnchecked,
  'broken/coalesced-drop': coalescedDrop,
  'broken/connection-table-full': connectionTableFull,
  'broken/crash-on-rst': crashOnRst,
  'broken/crash-on-unknown-type': crashOnUnknownType,
  'broken/crlf-split': crlfSplit,
  'broken/cross-talk': crossTalk,
  'broken/deep-error-between': deepErrorBetween,
  'broken/deep-four-byte-char': deepFourByteChar,
  'broken/deep-half-left': deepHalfLeft,
  'broken/deep-long-line-crlf': deepLongLineCrlf,
  'broken/deep-odd-fragment': deepOddFragment,
  'broken/deep-reset-inside': deepResetInside,
  'broken/deep-stale-type': deepStaleType,
  'broken/deep-torn-length': deepTornLength,
  'broken/deep-two-inside': deepTwoInside,
  'broken/delimiter-at-zero': delimiterAtZero,
  'broken/empty-is-end': emptyIsEnd,
  'broken/eof-busy-loop': eofBusyLoop,
  'broken/error-eats-good': errorEatsGood,
  'broken/error-goes-on': errorGoesOn,
  'broken/exact-buffer-size': exactBufferSize,
  'broken/fin-becomes-rst': finBecomesRst,
  'broken/first-read-tail-crash': firstReadTailCrash,
  'broken/first-read-tail-lost': firstReadTailLost,
  'broken/fixed-buffer': fixedBuffer,
  'broken/half-close-drops-answer': halfCloseDropsAnswer,
  'broken/interleaved-writers': interleavedWriters,
  'broken/last-speaker': lastSpeaker,
  'broken/late-limit': lateLimit,
  'broken/leak-on-error-path': leakOnErrorPath,
  'broken/limit-exceeded': limitExceeded,
  'broken/limit-refused': limitRefused,
  'broken/listener-lost': listenerLost,
  'broken/negative-length': negativeLength,
  'broken/never-ends': neverEnds,
  'broken/nul-ends-text': nulEndsText,
  'broken/oversize-closes-all': oversizeClosesAll,
  'broken/partial-write-ignored': partialWriteIgnored,
  'broken/peername-after-reset': peernameAfterReset,
  'broken/pipelining-kills': pipeliningKills,
  'broken/pipelining-reorder': pipeliningReorder,
  'broken/pool-starvation': poolStarvation,
  'broken/queue-overflow': queueOverflow,
  'broken/read-counter': readCounter,
  'broken/read-is-message': readIsMessage,
  'broken/recursion-per-frame': recursionPerFrame,
  'broken/reset-busy-loop': resetBusyLoop,
  'broken/reused-buffer': reusedBuffer,
  'broken/ring-wrap': ringWrap,
  'broken/serial-accept': serialAccept,
  'broken/shared-text-decoder': sharedTextDecoder,
  'broken/short-peek': shortPeek,
  'broken/short-read-heuristic': shortReadHeuristic,
  'broken/silent-refusal': silentRefusal,
  'broken/split-control-frame': splitControlFrame,
  'broken/split-header': splitHeader,
  'broken/split-surrogates': splitSurrogates,
  'broken/stalled-client-blocks-all': stalledClientBlocksAll,
  'broken/stale-descriptor': staleDescriptor,
  'broken/stall-zero-length': stallZeroLength,
  'broken/starved-by-half-frame': starvedByHalfFrame,
  'broken/stop-tail-run': stopTailRun,
  'broken/torn-answered-twice': tornAnsweredTwice,
  'broken/truncation-unsaid': truncationUnsaid,
  'broken/undersized-length': undersizedLength,
  'broken/unknown-type-ignored': unknownTypeIgnored,
  'broken/utf8-per-chunk': utf8PerChunk,
  'broken/write-after-disconnect': writeAfterDisconnect,
  'broken/ack-before-store': ackBeforeStore,
  'broken/follows-dot-dot': followsDotDot,
  'broken/leak-on-rst': leakOnRst,
  'broken/read-is-a-line': readIsALine,
  'broken/stores-half-line': storesHalfLine,
  'broken/truncates-first': truncatesFirst,
  'broken/unbounded-outbuf': unboundedOutbuf,
  'broken/zero-length-spin': zeroLengthSpin,
}
