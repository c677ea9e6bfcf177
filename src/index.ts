/** What `import … from 'pachkit'` gives: see src/library/index.ts. */
export * from './library';
