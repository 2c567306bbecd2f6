"""`dingbian demo`: the situations planted in the sample city, played over HTTP and judged."""
