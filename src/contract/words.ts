/** Words of the domain that screens, messages and texts share. */

/** Whose dossier it is, seen from who hands it in. */
export const relations = ['self', 'child', 'relative', 'someoneElse', 'organisation'] as const
export type Relation = (typeof relations)[number]

/** Of a paper in the bag. */
export const paperKinds = ['original', 'certifiedCopy', 'photocopy'] as const
export type PaperKind = (typeof paperKinds)[number]
