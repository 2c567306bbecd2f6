"""BPMN: a file becomes a model, is checked, made explicit, compiled and run. Pure: no table, no
connection, no clock."""
