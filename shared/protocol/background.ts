/** [AU8] The header of what the console reads by itself, with nobody at it. */
export const BACKGROUND = 'x-openhall-background';
