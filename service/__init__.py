"""Dingbian (定编): the workflow service of a city's establishment office."""
