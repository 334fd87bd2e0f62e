/** Words of the domain that screens, messages and texts share. */

/** Whose dossier it is, seen from who hands it in. */
export const relations = ['self', 'child', 'relative', 'someoneElse', 'organisation'] as const
export type Relation = (typeof relations)[number]

/** Of a paper in the bag. */
export const paperKinds = ['original', 'certifiedCopy', 'photocopy'] as const
export type PaperKind = (typeof paperKinds)[number]

/** What waits for its owner: a finished result, or the papers of a dossier that was refused or withdrawn. */
export const resultContents = ['result', 'papers'] as const
export type ResultContents = (typeof resultContents)[number]
