"""The people of the sample city at work over the API: for the loader, the demo and the bench."""
