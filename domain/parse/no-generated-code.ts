// zod writes no JavaScript: a program imports this before all that builds a schema.
//
// By itself zod generates and compiles a function for each object schema at its first use. V8's code cache can't hold
// such a function, so each start would pay for it again. Our documents and rows are parsed as fast without it.
import { config } from 'zod';

config({ jitless: true });
