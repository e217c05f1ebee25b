// What tornwire exports: everything named here is kept stable; nothing else can be imported.

export type { Codec, Decoder, Field, Item, Part } from './codec/codec.ts'
export { errorFrame, type Frame, frameCodec } from './codec/frame.ts'
export { type Line, linesCodec } from './codec/lines.ts'
export { type Declaration, declaredCodec } from './codec/parts.ts'
export type { PartsFrame } from './codec/parts-frame.ts'
export { rawCodec } from './codec/raw.ts'
export { textCodec } from './codec/text.ts'
export type { Baseline, Excuse } from './harness/baseline/baseline.ts'
export { type CampaignOptions, campaign } from './harness/campaign.ts'
export { type Case, caseSize, type DatagramFault, type Script, type Step } from './harness/case.ts'
export { CaseArbitrary } from './harness/generate/case-arbitrary.ts'
export { placeCuts } from './harness/generate/cuts.ts'
export { makeMessage, makeMessages } from './harness/generate/messages.ts'
export { pickSize } from './harness/generate/sizes.ts'
export type { Failure, Level, Property, Verdict } from './harness/property.ts'
export type { BadFrame, Heard, Protocol, Reply } from './harness/protocol.ts'
export {
  type DeclaredProtocol,
  defineProtocol,
  type ProtocolDefinition,
  ProtocolError,
  toProtocol,
} from './harness/protocol-definition.ts'
export type { Report } from './harness/report.ts'
export { ReportError, readReport, writeReport } from './harness/report-file.ts'
export type { Observer, Progress, PropertyResult, Replayed, RunResult } from './harness/result.ts'
export { digest, shrink } from './harness/shrink/shrink.ts'
export { addressTarget } from './harness/target/address-target.ts'
export { type Command, execTarget } from './harness/target/exec-target.ts'
export { type Target, TargetError, TargetNameError } from './harness/target/target.ts'
export type { Account, Ending, Event, Transcript } from './harness/transcript.ts'
