/** The mark of the self-made certificate, in its subject; written where one is made, looked for where one is read. */
export const trialMark = 'PRØVESEGL';
