/** Messages of one lane reach the province in order; a parked one holds back its own lane only. */
export const dossierLane = (intakeId: string): string => `dossier:${intakeId}`
export const resultLane = (resultId: string): string => `result:${resultId}`
