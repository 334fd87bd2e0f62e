import { z } from 'zod'
import { messageKinds } from '../message-kinds.ts'
import { inputSchema, problem } from './parts.ts'

export const deliveryStates = [
  'pending',
  'sending',
  'acknowledged',
  'parked',
  'deliveredByHand',
] as const
export type DeliveryState = (typeof deliveryStates)[number]

/** `open`: whatever the province has not acknowledged. */
export const queueFilters = ['open', 'parked', 'done', 'all'] as const
export type QueueFilter = (typeof queueFilters)[number]

/** Why a person sets a message aside, or lets it go again: one touch each, on record. */
export const parkReasons = ['provinceAsks', 'wrongContent', 'maybeTwice', 'holdBack'] as const
export const releaseReasons = ['mended', 'provinceReady', 'parkedByMistake'] as const
export type QueueReason = (typeof parkReasons)[number] | (typeof releaseReasons)[number]

/** Answers that have words of their own; any other is shown by its code. */
export const answerCodes = [
  'DEADLINE',
  'NETWORK',
  'BUSY',
  'INTERNAL',
  'INVALID_MESSAGE',
  'KEY_REUSED',
  'DOSSIER_EXISTS',
  'TOO_LARGE',
  'PAGE_LOST',
  'NOT_KEPT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'CONTRACT',
  'EPOCH_UNKNOWN',
  'EPOCH_REPEATED',
  'EPOCH_REJECTED',
  'RECEIPT_SIGNATURE_BAD',
  'ANSWER_NOT_JSON',
  'ANSWER_TOO_LARGE',
] as const

/** The province has lost it and its bytes are not kept any more: nothing is left that could be sent. */
export const notKeptAnswer = 'NOT_KEPT' satisfies (typeof answerCodes)[number]

export const queueRow = z.object({
  /** UUIDv7, the idempotency key. */
  key: z.uuid(),
  sequence: z.int(),
  kind: z.enum(messageKinds),
  /** Intake or result id, or the machine's own lane. */
  lane: z.string(),
  state: z.enum(deliveryStates),
  attempts: z.int(),
  createdAt: z.iso.datetime(),
  /** Code of the last answer, or what a person noted; null before the first. */
  answer: z.string().nullable(),
  /** An older message of its lane goes first. */
  behind: z.boolean(),
})
export type QueueRow = z.infer<typeof queueRow>

export const queueActions = ['retry', 'park', 'release', 'handOver'] as const
export type QueueAction = (typeof queueActions)[number]

/** An operator sees what waits for the province, and settles what does not go by itself. */
export const operatorScreens = [
  z.object({
    name: z.literal('queue'),
    counts: z.record(z.enum(deliveryStates), z.int()),
    oldestOpenAt: z.iso.datetime().nullable(),
    province: z.object({
      state: z.enum(['unknown', 'online', 'offline']),
      lastContactAt: z.iso.datetime().nullable(),
      reason: z.string().nullable(),
    }),
    worker: z.object({
      state: z.enum(['idle', 'sending', 'paused', 'stopped']),
      stopCode: z.string().nullable(),
    }),
    filter: z.enum(queueFilters),
    /** From 1. */
    page: z.int(),
    pages: z.int(),
    rows: z.array(queueRow),
    /** The last export: where it lies on this machine. */
    exported: z.object({ file: z.string(), rows: z.int() }).nullable(),
    problem,
  }),
  z.object({
    name: z.literal('queueMessage'),
    row: queueRow,
    epoch: z.int(),
    bodyHash: z.string(),
    acknowledgedAt: z.iso.datetime().nullable(),
    /** Fields of the body; of what is sealed only the length. */
    facts: z.array(z.object({ name: z.string(), value: z.string() })),
    actions: z.array(z.enum(queueActions)),
    problem,
  }),
  z.object({
    name: z.literal('queueReason'),
    action: z.enum(['park', 'release']),
    sequence: z.int(),
    reasons: z.array(z.enum([...parkReasons, ...releaseReasons])),
  }),
  z.object({
    name: z.literal('queueHandOver'),
    sequence: z.int(),
    lane: z.string(),
    input: inputSchema,
    problem,
  }),
  /** Somebody else's badge … */
  z.object({
    name: z.literal('queueSecond'),
    sequence: z.int(),
    officialCode: z.string(),
    problem,
  }),
  /** … and that person's PIN. */
  z.object({
    name: z.literal('queueSecondPin'),
    sequence: z.int(),
    officialCode: z.string(),
    input: inputSchema,
    problem,
  }),
] as const
