// The bundle's name in the package. It stands alone, so that the loader has it without esbuild.
export const BUNDLE = 'app.js';
