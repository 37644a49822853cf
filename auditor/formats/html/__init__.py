"""Parts of the HTML page: template, style, script and the data of its pictures."""
