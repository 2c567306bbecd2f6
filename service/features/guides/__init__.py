"""The service guide (办事指南): what each procedure asks for, public and in versions."""
