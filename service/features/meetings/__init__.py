"""Meetings: agendas, attendance, votes and minutes, and how a result moves the case it decides."""
