// Where the page begins.
import { render } from 'preact';

import { App } from './frame/app';

render(<App />, document.body);
