"""Who gets a copy of a reply and is told of it."""

from service.core.auth.actor import Duty
from service.core.codes import NamedCode


class Party(NamedCode):
    """Whom a reply concerns beside the body that asked."""

    COMPETENT_BODY = "COMPETENT_BODY", "主管部门"
    ORGANISATION = "ORGANISATION", "组织部门"
    HR = "HR", "人社部门"
    FINANCE = "FINANCE", "财政部门"
    PUBLIC_SECURITY = "PUBLIC_SECURITY", "公安机关"
    REGISTRATION = "REGISTRATION", "登记管理机关"


#: Whose desk it reaches; registration is the office's own.
DESKS = {
    Party.COMPETENT_BODY: Duty.COMPETENT_BODY_REVIEWER,
    Party.ORGANISATION: Duty.ORG_DEPT,
    Party.HR: Duty.HR_DEPT,
    Party.FINANCE: Duty.FINANCE_DEPT,
    Party.PUBLIC_SECURITY: Duty.PUBLIC_SECURITY,
    Party.REGISTRATION: Duty.OFFICE_CASE_OFFICER,
}
