/** Life of a dossier in the machine. Nothing before `deposited` is known to the province. */
export const dossierStates = [
  'sealed', // the citizen confirmed; ciphertext, bag and compartment are fixed
  'deposited', // the sensor saw the bag and the door closed behind it
  'slipped', // the printer proved the slip
  'collected', // an officer took the bag out
  'reconciled', // and the province agrees
  'disputed', // an officer found something else
  'abandoned', // nothing ever lay inside
  'unknown', // nobody saw; an officer settles it
] as const
export type DossierState = (typeof dossierStates)[number]
