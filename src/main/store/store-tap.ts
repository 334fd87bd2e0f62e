/**
 * Every durable effect of the store by its stable name. Crash tests end the process inside the tap at each of
 * them, so a name that is missing here is a type error and a name without a kill case a failing test.
 */
export const commitEffects = [
  'commit:createStore',
  'commit:restoreStore',
  'commit:agreeEmpty',
  'commit:allocateIntakeNumber',
  'commit:keepDraftPage',
  'commit:dropDraftPages',
  'commit:expireDraftPages',
  'commit:sealDossier',
  'commit:recordDepositUnlock',
  'commit:moveDossier',
  'commit:depositDossier',
  'commit:recordSlipBegun',
  'commit:recordSlipSeen',
  'commit:queueSlipSms',
  'commit:abandonDossier',
  'commit:markDepositUnknown',
  'commit:recordBagCollected',
  'commit:recordBagMissing',
  'commit:markCompartment',
  'commit:releaseCompartment',
  'commit:recordSurplus',
  'commit:recordEmptyingUnlock',
  'commit:recordReturnUnlock',
  'commit:recordLookUnlock',
  'commit:recordWitnessedUnlock',
  'commit:recordDeviceTest',
  'commit:cancelEmptying',
  'commit:fillSupply',
  'commit:usePaper',
  'commit:assignResult',
  'commit:unassignResult',
  'commit:stockResult',
  'commit:withdrawResult',
  'commit:beginTry',
  'commit:clearTries',
  'commit:takeBackTry',
  'commit:beginOpening',
  'commit:recordOpened',
  'commit:recordTaken',
  'commit:recordNotTaken',
  'commit:markCollectionUnknown',
  'commit:expireRights',
  'commit:remindHolders',
  'commit:forget',
  'commit:recordAudit',
  'commit:enqueue',
  'commit:markSending',
  'commit:acknowledge',
  'commit:sendAgain',
  'commit:postpone',
  'commit:park',
  'commit:retryMessages',
  'commit:parkByHand',
  'commit:releaseParked',
  'commit:deliverByHand',
  'commit:markEpochRegistered',
  'commit:beginEpoch',
  'commit:applyFeedItem',
  'commit:parkFeedItem',
  'commit:markRefusalTold',
] as const
export type CommitEffect = (typeof commitEffects)[number]

export type FileEffect =
  | 'fsync:journal'
  | 'fsync:journalFolder'
  | 'write:file'
  | 'fsync:file'
  | 'rename:file'
  | 'fsync:folder'
  | 'write:pageReceipt'
  | 'fsync:pageReceipt'
  | 'rename:pageReceipt'
  | 'fsync:pageReceiptFolder'

export type StoreEffect = CommitEffect | FileEffect

/** Called right before and right after each effect. Production leaves it unset. */
export type StoreTap = (event: {
  readonly phase: 'before' | 'after'
  readonly effect: StoreEffect
}) => void
