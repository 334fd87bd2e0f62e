import type { DeviceIdentity, PrintProof } from '../contract.ts'
import {
  clearBuffers,
  type IdentityKind,
  identityKinds,
  type RealTimeStatusKind,
  realTimeStatusKinds,
  requestIdentity,
  requestProcessId,
  requestRealTimeStatus,
} from '../protocols/escpos/commands.ts'
import {
  conditionsFromRound,
  type PrinterConditions,
} from '../protocols/escpos/printer-conditions.ts'
import type { EscposReply } from '../protocols/escpos/reply-decoder.ts'
import type { PrinterLine } from './printer-line.ts'

const realTimeValue = (reply: EscposReply) =>
  reply.kind === 'realTimeStatus' ? reply.value : undefined

/**
 * Lets answers that are still owed arrive, behind one more question. False when nothing comes at all. Without
 * this a late answer would be taken for that of the next question, and `32` is paper end for one question
 * and a broken printer for another.
 */
async function drainOldAnswers(line: PrinterLine, replyTimeoutMs: number): Promise<boolean> {
  if (line.openRealTimeStatuses() === 0) return true
  let alive = false
  let answer = line.waitFor(realTimeValue, replyTimeoutMs)
  await line.send('status-request', requestRealTimeStatus('printer'))
  while ((await answer.answer).end === 'answered') {
    alive = true
    if (line.openRealTimeStatuses() === 0) break
    answer = line.waitFor(realTimeValue, replyTimeoutMs)
  }
  if (alive) line.forgetRealTimeStatus()
  return alive
}

/**
 * All four real-time answers, one question at a time: an answer does not say which question it belongs to,
 * so after one that is missing the round is over. Rejects with a `ChannelError`.
 */
export async function askConditions(
  line: PrinterLine,
  replyTimeoutMs: number,
): Promise<PrinterConditions | 'silent' | 'garbled' | 'disconnected'> {
  const droppedBefore = line.droppedBytes()
  const missing = () => {
    line.discardPartial()
    return line.droppedBytes() > droppedBefore ? 'garbled' : 'silent'
  }
  if (!(await drainOldAnswers(line, replyTimeoutMs))) {
    return line.connection.connected() ? missing() : 'disconnected'
  }
  const values: Partial<Record<RealTimeStatusKind, number>> = {}
  for (const kind of realTimeStatusKinds) {
    const answer = line.waitFor(realTimeValue, replyTimeoutMs)
    await line.send('status-request', requestRealTimeStatus(kind))
    const result = await answer.answer
    if (result.end === 'disconnected') return 'disconnected'
    if (result.end === 'timeout') return missing()
    values[kind] = result.value
  }
  const { printer = 0, offlineCause = 0, errorCause = 0, paper = 0 } = values
  return conditionsFromRound({ printer, offlineCause, errorCause, paper })
}

/**
 * Which proof the printer gives. Both requests wait in its buffer and are answered in order: a queued status
 * without an echo before it means that the printer does not know process ids.
 */
export async function askProof(
  line: PrinterLine,
  wanted: PrintProof,
  processId: string,
  timeoutMs: number,
): Promise<PrintProof | 'unanswered' | 'disconnected'> {
  const waiting = line.waitFor((reply): PrintProof | undefined => {
    if (reply.kind === 'processId' && reply.id === processId) return 'processId'
    return reply.kind === 'queuedStatus' ? 'queuedStatus' : undefined
  }, timeoutMs)
  if (wanted === 'processId') await line.send('set-up', requestProcessId(processId))
  await line.sendQueuedStatusRequest('set-up')
  const answer = await waiting.answer
  if (answer.end === 'answered') return answer.value
  return answer.end === 'timeout' ? 'unanswered' : 'disconnected'
}

/** What the printer calls itself. One that leaves a question open is not asked the next. */
export async function askIdentity(line: PrinterLine, timeoutMs: number): Promise<DeviceIdentity> {
  const identity: Partial<Record<IdentityKind, string>> = {}
  for (const kind of identityKinds) {
    const answer = line.waitFor(
      (reply) => (reply.kind === 'text' ? reply.text : undefined),
      timeoutMs,
    )
    await line.send('set-up', requestIdentity(kind))
    const result = await answer.answer
    if (result.end !== 'answered') break
    if (result.value !== '') identity[kind] = result.value
  }
  return identity
}

/** True when the printer says that both its buffers are empty now. */
export async function askToClear(line: PrinterLine, timeoutMs: number): Promise<boolean> {
  const answer = line.waitFor((reply) => (reply.kind === 'cleared' ? true : undefined), timeoutMs)
  await line.send('clear', clearBuffers())
  return (await answer.answer).end === 'answered'
}
