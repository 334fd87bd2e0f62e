/**
 * What only a demonstration may use. The demo configuration uses these, production refuses them: their
 * badge and PIN are printed in the handbook.
 */
/** SHA-256 of the badge payload `MCB1*DEMO-TECHNICIAN-01`. */
export const demoTechnicianBadgeHash =
  'dc434503cf5108f903c20d0bcda2a0928875fff059257c74a8e2cf6fe5f16b3f'

/** How the identifiers of demo provinces and demo keys begin. */
export const demoPrefix = 'demo-'

/** scrypt of the PIN that the handbook prints. */
export const demoTechnicianPinHash =
  'scrypt$32768$8$1$ZGVtby10ZWNobmljaWFuLXNhbHQ=$Lj2ppZ/men+3zuUPlEo+ld+yG3sx34oHTl8AB6PDCiY='

/** So many tries a day and an hour that whoever shows the machine is never stopped. */
export const demoLimit = 200
