/** The spreadsheet in the browser: tabs and grid as in Sheets, the add-on's menu, its real sidebar in a frame. */
import { render } from 'preact';
import './styles.css';
import { Page } from './view/Page.tsx';

const place = document.getElementById('page');
if (place) render(<Page />, place);
