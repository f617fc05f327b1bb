"""Records of admission: `joining/models.py` (before the ceremony), `probation/models.py` (after it)."""

from tongket.admissions.joining.models import Candidate, CandidateMentor, CandidatePaper, CandidateStep
from tongket.admissions.probation.models import ProbationStep

__all__ = ["Candidate", "CandidateMentor", "CandidatePaper", "CandidateStep", "ProbationStep"]
