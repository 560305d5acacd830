"""Users sign in with their e-mail address."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils.functional import cached_property

from structures.models.territory import Departement


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        fields |= {"is_staff": True, "is_superuser": True}
        return self.create_user(email, password, **fields)

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField("courriel", unique=True)
    first_name = models.CharField("prénom", max_length=80, blank=True)
    last_name = models.CharField("nom", max_length=80, blank=True)
    is_active = models.BooleanField("actif", default=True)
    is_staff = models.BooleanField("accès à l’administration", default=False)
    joined_at = models.DateTimeField("inscrit le", auto_now_add=True)

    USERNAME_FIELD = "email"
    objects = UserManager()

    class Meta:
        verbose_name = "utilisateur"
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case")
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self):
        return f"{self.first_name} {self.last_name}".strip()

    def departements(self) -> "QuerySet[Departement]":
        """The départements this person's agencies are in charge of."""
        agencies = self.memberships.filter(agency__isnull=False)
        return Departement.objects.filter(
            models.Q(pk__in=agencies.values("agency__departement"))
            | models.Q(region__in=agencies.values("agency__region"))
        )

    @cached_property
    def current_memberships(self):
        """Memberships with their agency and structure, read once per request."""
        return list(
            self.memberships.select_related(
                "agency__departement", "agency__region", "structure__commune"
            )
        )

    @property
    def is_agent(self):
        return any(m.agency_id for m in self.current_memberships)

    @property
    def structure_roles(self):
        return {m.role for m in self.current_memberships if m.structure_id}
