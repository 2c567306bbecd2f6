"""Forms: what a person fills in, as JSON Schema 2020-12 that is checked before it is used."""

from .form import Form, compile_form
from .schema import Faulty, FormFault

__all__ = ["Faulty", "Form", "FormFault", "compile_form"]
