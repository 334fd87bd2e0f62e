import type { HeldData } from './held-data.ts'

export const kioskHeld = {
  dossier: {
    tables: ['dossier'],
    what: 'a dossier that was handed in: its content sealed, the SMS for it sealed, the applicant in initials, keyed hashes of ID numbers and of the secret',
    form: 'sealed',
    why: 'to print the slip again, to hand the result to the right person, to prove what was handed in',
    keep: {
      days: 30,
      since: 'the bag was taken out and its last result was handed out or withdrawn',
    },
  },
  dossierWithoutResult: {
    tables: ['dossier'],
    what: 'the same, of a dossier for which no result ever came to this machine',
    form: 'sealed',
    why: 'a result may still come',
    keep: { days: 180, since: 'the bag was taken out' },
  },
  dossierAbandoned: {
    tables: ['dossier'],
    what: 'the same, of a dossier whose bag was never put in',
    form: 'sealed',
    why: 'questions on the next day',
    keep: { days: 7, since: 'it was given up' },
  },
  outbox: {
    tables: ['outbox'],
    what: 'messages to the province; what is personal in them is sealed',
    form: 'sealed',
    why: 'to be sent, and compared when the province comes back from an older copy',
    keep: { days: 30, since: "the province's receipt; without one they stay" },
  },
  pages: {
    tables: ['page'],
    files: ['pages/'],
    what: 'scanned pages, sealed; while they belong to no dossier yet, a keyed hash of the ID number',
    form: 'sealed',
    why: 'to be sent',
    keep: {
      days: 30,
      since:
        "the province's receipt for their dossier; without one they stay; unfinished ones go after `timeouts.keptPagesMs`",
    },
  },
  journal: {
    tables: [],
    files: ['journal.log on the second path'],
    what: 'a second copy of each sealed dossier',
    form: 'sealed',
    why: 'slips must be good when the database is lost',
    keep: {
      days: 30,
      since:
        "the province's last receipt for it, once the bag was taken out and every backup knows of it; without a receipt it stays",
    },
  },
  backups: {
    tables: [],
    files: ['backups/', 'the second backup folder', 'what a restore set aside'],
    what: 'copies of the database, as sealed, hashed and masked as it is',
    form: 'sealed',
    why: 'a damaged disk',
    keep: {
      days: 7,
      since: 'each was made; the newest stays (`retention.backupDays` may say less)',
    },
  },
  rights: {
    tables: ['collection_right', 'opening', 'result'],
    what: 'results in the machine, with keyed hashes of their codes',
    form: 'keyedHash',
    why: 'to open the right door for the right person, once',
    keep: { forGood: 'a used code must stay used; the hash says nothing without the key' },
  },
  tries: {
    tables: ['try'],
    what: 'wrong tries by right and hour',
    form: 'keyedHash',
    why: 'to stop guessing',
    keep: { until: 'the longest window of a limit has passed' },
  },
  staff: {
    tables: ['staff_grant', 'revoked_grant', 'supply', 'device_test'],
    what: 'who of the staff may work here: name, hash of badge and PIN; who filled and tested what',
    form: 'staff',
    why: 'to sign in without a network',
    keep: { forGood: 'a grant ends by itself; what was done with it must stay readable' },
  },
  audit: {
    tables: ['audit', 'audit_head'],
    what: 'what happened, hash-chained; dossier numbers and reason codes',
    form: 'none',
    why: 'what a machine did is proved with it',
    keep: { forGood: 'a chain with a hole proves nothing' },
  },
  machine: {
    tables: [
      'kiosk',
      'epoch',
      'compartment',
      'restoration',
      'feed_cursor',
      'feed_refusal',
      'catalogue_override',
      'text_override',
      'hours_override',
    ],
    files: [
      ...['running-time.json', 'store-mark', 'epochs.json', 'ballast', 'alive', 'on-screen'],
      ...['choices', 'last-device-frame', 'core.pid'],
    ],
    what: 'the state of the machine itself',
    form: 'none',
    why: 'to run',
    keep: { forGood: 'it is about nobody' },
  },
  scans: {
    tables: [],
    files: ['the scan folder (tmpfs)'],
    what: 'pages between the scanner and their sealing',
    form: 'none',
    why: 'to show them to their owner',
    keep: { until: 'they are accepted or the session ends; wiped at every start' },
  },
} as const satisfies Readonly<Record<string, HeldData>>
